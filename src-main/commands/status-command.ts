import { words } from '../../src-shared/words/words.ts';
import type { CommandArguments } from './command-arguments.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';
import { chosenServers } from './chosen-servers.ts';
import { worstOf } from './exit-codes.ts';
import { serverDocument } from './license-document.ts';
import { exitCodeOfReport, reportOf } from './server-report.ts';
import { reportLines } from './report-lines.ts';

/** How every server stands, or the one that is asked for. Exit code: of the server that is worst off. */
export async function statusCommand(
  services: CommandServices,
  args: CommandArguments,
  output: CommandOutput,
): Promise<number> {
  const chosen = chosenServers(services, args);
  if (!chosen.ok) return output.fail(chosen.failure);
  const reports = chosen.value.map((server) => reportOf(services, server));
  output.document({ servers: reports.map(serverDocument) });
  output.lines(reports.flatMap((report, place) => [...(place > 0 ? [''] : []), ...reportLines(report, output.width)]));
  const elsewhere = services.licensedElsewhere();
  if (elsewhere) {
    output.lines(['']);
    output.say(words.license.licensedElsewhere.headline(elsewhere.osUser, elsewhere.serverName));
  }
  return worstOf(reports.map(exitCodeOfReport));
}
