import type { Failure } from '../../../src-shared/result.ts';
import { words } from '../../../src-shared/words/words.ts';
import type { DiagnosticsPart } from '../diagnostics-part.ts';
import { textsIn } from '../rows.ts';

function troubleLine(trouble: Failure): string {
  return `${words.inSentences(words.failureWords(trouble))} [${trouble.code}]`;
}

/** What _About_ shows, and the time of this computer. */
export const about: DiagnosticsPart = {
  kind: 'about',
  name: 'about.txt',
  async gather({ scene }) {
    const view = await scene.about();
    const at = scene.now();
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    return [
      {
        name: 'about.txt',
        lines: [
          ...words.about.screenRows(view).map(([label, value]) => `${label}: ${value}`),
          `Time of this computer: ${words.dates.exact(at)} (${words.dates.sortable(at)}, ${timeZone})`,
          ...(scene.trouble ? [troubleLine(scene.trouble)] : []),
          ...(scene.services ? [`Console is running: ${scene.services.isInPlace ? 'no' : 'yes'}`] : []),
        ],
        // The version of a system and the name of a folder may look random.
        plain: textsIn([
          view.version,
          view.runtime,
          view.os.split(' '),
          view.keychain.program,
          timeZone,
          view.dataFolder.split(/[\\/]/),
        ]),
      },
    ];
  },
};
