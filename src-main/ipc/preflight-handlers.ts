import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import { inFileName } from '../../src-shared/text/file-name.ts';
import type { ExportOutcome, HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { FileExport } from '../ports/file-export.ts';
import type { Preflight } from '../preflight/preflight.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';

export interface PreflightHandlersDeps {
  readonly state: () => ConsoleState;
  readonly servers: Pick<LicensedServers, 'shown'>;
  readonly preflight: Pick<Preflight, 'start' | 'look' | 'cancel'>;
  readonly copy: (text: string) => Promise<Result<null>>;
  readonly fileExport: FileExport;
}

/** The handlers of the checks. */
export function preflightHandlers(deps: PreflightHandlersDeps): HandlersOf<'preflight'> {
  const { state, servers, preflight, copy } = deps;
  return {
    'preflight.start': async () => {
      preflight.start(servers.shown);
      return succeed(null);
    },
    'preflight.look': async () => {
      preflight.look(servers.shown);
      return succeed(null);
    },
    'preflight.cancel': async () => {
      preflight.cancel();
      return succeed(null);
    },
    'preflight.copy': async () => {
      const now = state();
      if (!now.preflight) return fail('nothing_to_complete');
      const { preflightText } = await import('../diagnostics/preflight-text.ts');
      return copy(preflightText(now, now.preflight));
    },
    'preflight.save': () => save(deps),
  };
}

/** Failures: `nothing_to_complete` if nothing was checked, and `export_not_written`. */
async function save({ state, fileExport }: PreflightHandlersDeps): Promise<Result<ExportOutcome>> {
  const now = state();
  if (!now.preflight) return fail('nothing_to_complete');
  const { serverName = '' } = now.profile ?? {};
  const { preflightWords } = await import('../../src-shared/words/preflight-words.ts');
  const { preflightText } = await import('../diagnostics/preflight-text.ts');
  return fileExport.save({
    suggestedName: `${preflightWords.fileName(inFileName(serverName), now.preflight.endedAt ?? now.at)}.txt`,
    title: preflightWords.saveDialogTitle,
    kind: preflightWords.textFiles,
    content: `${preflightText(now, now.preflight)}\n`,
  });
}
