import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedShare, type OutageKind, type OutageResult, simulateOutage } from './outage.ts';
import { pictureOf } from './outage-picture.ts';
import { namedOutage, tableOf } from './outage-table.ts';

const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000];
if (counts.some((count) => !Number.isInteger(count) || count < 1_000)) {
  console.error(
    'Usage: npm run simulate:outage -- [stores ...]    (10000 and 100000 unless told otherwise; 1000 at least)',
  );
  process.exit(2);
}

const kinds: readonly OutageKind[] = ['server', 'internet', 'power'];
const results: OutageResult[] = [];
for (const stores of counts)
  for (const kind of kinds)
    for (const allDue of [false, true])
      for (const jitter of [true, false]) {
        process.stderr.write(
          `${stores} stores: ${namedOutage({ kind, allDue })}, ${jitter ? 'with' : 'without'} jitter\n`,
        );
        results.push(await simulateOutage({ kind, stores, allDue, jitter, seed: 20_260_310 }));
      }

const folder = join(import.meta.dirname, '../../out');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'outage.svg'), pictureOf(results));
console.log(`\n${tableOf(results)}\n`);

const above = results.filter(({ outage, peakShare }) => outage.jitter && peakShare > allowedShare);
for (const { outage, peakShare } of above)
  console.log(`✖ ${outage.stores} stores, ${namedOutage(outage)}: ${(100 * peakShare).toFixed(2)} % in one second`);
if (above.length === 0) console.log('With jitter no second has more than 1 % of the stores.');
process.exitCode = above.length === 0 ? 0 : 1;
