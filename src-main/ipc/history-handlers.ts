import type { ExportOutcome, HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { type HistoryView, makeHistoryView } from '../../src-shared/history/history-view.ts';
import { mergeRuns } from '../../src-shared/history/history-runs.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { historyCsv, historyFileName } from '../history/history-csv.ts';
import type { HistoryLog } from '../history/history-log.ts';
import type { FileExport } from '../ports/file-export.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';

export interface HistoryHandlersDeps {
  readonly history: HistoryLog;
  readonly fileExport: FileExport;
  /** The server that the window shows. */
  readonly profile: () => ServerProfile | null;
  readonly servers: Pick<LicensedServers, 'shown'>;
}

/** The handlers of the History page: the history of the shown server, and its export to a file. */
export function historyHandlers(deps: HistoryHandlersDeps): HandlersOf<'history'> {
  return {
    'history.read': async () => readHistory(deps),
    'history.export': () => exportHistory(deps),
  };
}

/** Failures: `profile_incomplete` if no server is shown, `history_unreadable` if nothing of the history can be read. */
function readHistory({ history, profile, servers }: HistoryHandlersDeps): Result<HistoryView> {
  const shown = profile();
  if (!shown) return fail('profile_incomplete');
  const kept = history.read(shown.id);
  if (!kept.readable && kept.entries.length === 0) return fail('history_unreadable');
  return succeed(makeHistoryView(kept, history.nowAt, servers.shown?.license.view() ?? null));
}

/** Failures: those of {@link readHistory}, and `export_not_written`. */
async function exportHistory({ history, fileExport, profile }: HistoryHandlersDeps): Promise<Result<ExportOutcome>> {
  const shown = profile();
  if (!shown) return fail('profile_incomplete');
  const kept = history.read(shown.id);
  // A person would think that a file without some entries is the complete history.
  if (!kept.readable) return fail('history_unreadable');
  return fileExport.save({
    suggestedName: historyFileName(shown.serverName, history.nowAt),
    title: words.history.saveDialogTitle,
    kind: words.history.csvFiles,
    content: historyCsv(mergeRuns(kept.entries)),
  });
}
