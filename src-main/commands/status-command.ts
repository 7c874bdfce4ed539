import { present } from '../../src-shared/present.ts';
import { words } from '../../src-shared/words/words.ts';
import type { Command, CommandCall, CommandEnd } from './command.ts';
import { chosenServers, lossToReport } from './chosen-servers.ts';
import { exitCodeOf, worstOf } from './exit-codes.ts';
import { failureDocument } from './failure-document.ts';
import { serverDocument } from './license-document.ts';
import { exitCodeOfReport, reportOf } from './server-report.ts';
import { reportLines } from './report-lines.ts';

/** Prints the state of every server, or of the one named. Exit code: that of the server in the worst state, or of lost settings. */
export const statusCommand: Command = { values: ['server'], does: sayStatus };

function sayStatus(call: CommandCall): CommandEnd {
  const { services, output } = call;
  const chosen = chosenServers(call);
  if (!chosen.ok) return chosen;
  const reports = chosen.value.map((server) => reportOf(services, server));
  const loss = lossToReport(call);
  output.document(present({ servers: reports.map(serverDocument), failure: loss ? failureDocument(loss) : undefined }));
  output.lines(reports.flatMap((report, place) => [...(place > 0 ? [''] : []), ...reportLines(report, output.width)]));
  const elsewhere = services.servers.licensedElsewhere;
  if (elsewhere) {
    output.lines(['']);
    output.say(words.license.licensedElsewhere.headline(elsewhere.osUser, elsewhere.serverName));
  }
  if (loss) output.failureWords(loss);
  return worstOf([...reports.map(exitCodeOfReport), ...(loss ? [exitCodeOf(loss)] : [])]);
}
