import { diagnosticsWords } from '../../../src-shared/words/diagnostics-words.ts';
import { words } from '../../../src-shared/words/words.ts';
import type { DiagnosticsPart } from '../diagnostics-part.ts';

const mostFiles = 500;

/** The entries of the data folder, with name, size and time. */
export const dataFolder: DiagnosticsPart = {
  kind: 'data_folder',
  name: 'data-folder.txt',
  async gather({ scene }) {
    const files = (await scene.disk.list()).toSorted((one, other) => (one.path < other.path ? -1 : 1));
    const left = files.length - mostFiles;
    return [
      {
        name: 'data-folder.txt',
        lines: [
          ...files
            .slice(0, mostFiles)
            .map(({ path, bytes, changedAt }) =>
              path.endsWith('/')
                ? `${path} (${words.dates.exact(changedAt)})`
                : `${path} (${bytes} bytes, ${words.dates.exact(changedAt)})`,
            ),
          ...(left > 0 ? [diagnosticsWords.moreFiles(left)] : []),
        ],
        plain: files.flatMap(({ path }) => path.split('/')),
      },
    ];
  },
};
