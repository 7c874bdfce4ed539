import { mergeRuns } from '../../../src-shared/history/history-runs.ts';
import { diagnosticsWords } from '../../../src-shared/words/diagnostics-words.ts';
import { historyCsv } from '../../history/history-csv.ts';
import { type DiagnosticsPart, servicesOf } from '../diagnostics-part.ts';

/** The history of each server, as the table that the History page exports. */
export const history: DiagnosticsPart = {
  kind: 'history',
  name: 'history.csv',
  async gather({ scene, found }) {
    const services = servicesOf(scene);
    return services.servers.map(({ profile, license }, place) => {
      const { entries, skipped, readable } = services.history(profile.id);
      found.histories.push({ profile, entries });
      const rows = historyCsv(mergeRuns(entries)).replace('\u{FEFF}', '').trimEnd().split('\r\n');
      return {
        name: `history-${place + 1}.csv`,
        lines: [
          ...rows,
          ...(skipped > 0 ? [diagnosticsWords.skippedLines(skipped)] : []),
          ...(readable ? [] : [diagnosticsWords.notAllReadable]),
        ],
        plain: [license.view()?.details.serverId ?? ''],
      };
    });
  },
};
