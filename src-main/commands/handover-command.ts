import { succeed } from '../../src-shared/result.ts';
import type { PreflightView } from '../../src-shared/support/preflight.ts';
import { handoverWords } from '../../src-shared/words/handover-words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { withServer } from './chosen-servers.ts';
import { type Command, type CommandCall, type CommandEnd, failed, malformed } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { handoverLines } from './handover-lines.ts';
import { askWhetherToReplace } from './save-diagnostics.ts';

/** Prints the handover sheet of a server as text, or saves it to a file. It runs the checks that the sheet shows. */
export const handoverCommand: Command = {
  flags: ['yes'],
  values: ['server', 'save', 'installed-by'],
  does: (call, ...names) => {
    const { args, services } = call;
    const { onlyWith, sayWhichServer } = terminalWords.wrong;
    if (args.has('yes') && args.value('save') === undefined) return malformed(onlyWith('--yes', '--save'));
    // The text on the standard output needs no option.
    if (args.value('save') === '-') return malformed(terminalWords.handover.needsFile);
    // A sheet at the wrong server would lead to the wrong settings.
    const isNamed = args.value('server') !== undefined || services.servers.all.length <= 1;
    return isNamed ? withServer(handover)(call, ...names) : malformed(sayWhichServer);
  },
};

/**
 * Failures: `not_licensed`, `file_exists`, `export_not_written` with the fact `reason`, `command_cancelled`. A file is replaced only after
 * a person has said so, or with `--yes`.
 */
async function handover({ services, args, output }: CommandCall, server: LicensedServer): Promise<CommandEnd> {
  const { terminal } = output;
  const file = args.value('save');
  if (!server.license.view()) return failed('not_licensed');
  const mayReplace = file === undefined || args.has('yes') ? succeed(true) : await askWhetherToReplace(output, file);
  if (!mayReplace.ok) return mayReplace;
  output.live(terminalWords.diagnose.working);
  const report = await services.preflight([server], services.isInPlace);
  if (terminal.cancelled.aborted) return failed('command_cancelled');
  // Read now: a refresh may have changed it during the checks.
  const license = server.license.view();
  if (!license) return failed('not_licensed');
  const checks: PreflightView = {
    askedBy: 'person',
    state: 'done',
    results: [...report.servers.flatMap(({ results }) => results), ...report.computer],
  };
  const lines = handoverLines(
    {
      license,
      profile: server.profile,
      installedBy: args.value('installed-by')?.trim() ?? '',
      checks: handoverWords.checks(checks),
      support: services.supportContact(),
    },
    output.width,
  );
  if (file === undefined) {
    output.document({ server_name: server.profile.serverName, sheet: lines });
    output.lines(lines);
    return exitCodes.done;
  }
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
  const saved = await terminal.save(file, bytes, mayReplace.value);
  if (!saved.ok) return saved;
  output.document({ saved: true, file, bytes: bytes.length });
  output.say(terminalWords.handover.saved(file));
  return exitCodes.done;
}
