import { diagnosticsWords } from '../../../src-shared/words/diagnostics-words.ts';
import type { DiagnosticsPart } from '../diagnostics-part.ts';

/** A file of the log becomes hardly larger than 1 MiB. */
const mostBytes = 1_200_000;

/** The log, and the older log. */
export const logs: DiagnosticsPart = {
  kind: 'log',
  name: 'logs',
  async gather({ scene, found }) {
    const files = await Promise.all(
      scene.disk.logs.map(async (name) => {
        const lines = await linesOf(() => scene.disk.readEnd(name, mostBytes));
        return lines === null ? [] : [{ name, lines }];
      }),
    );
    const there = files.flat();
    for (const { lines } of there) found.logs.push(...lines);
    return there.length > 0 ? there : [{ name: 'logs/none.txt', lines: [diagnosticsWords.none] }];
  },
};

type End = { readonly text: string; readonly leftOutBytes: number } | null;

/** One file that cannot be read does not stop the other. */
async function linesOf(read: () => Promise<End>): Promise<readonly string[] | null> {
  try {
    const end = await read();
    if (end === null) return null;
    const lines = end.text.split('\n').filter((line) => line !== '');
    return end.leftOutBytes > 0 ? [diagnosticsWords.earlierLinesLeftOut, ...lines] : lines;
  } catch (thrown) {
    return [diagnosticsWords.couldNotBeRead(thrown instanceof Error ? thrown.message : '')];
  }
}
