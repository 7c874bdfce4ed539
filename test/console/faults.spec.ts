import { expect, test } from './console-test.ts';
import { runCellOnOneKeyring } from './faults/fault-cell.ts';
import { faultRows } from './faults/fault-rows.ts';
import { FaultScene } from './faults/fault-scene.ts';
import { licenseStates } from './faults/license-states.ts';

const all = process.env['FLC_FAULTS'] === 'all';
/** The reduced run tries each fault in one state only, and in a different one each day. */
const turn = Math.floor(Date.now() / 86_400_000);
const columns = licenseStates.map((state, column) => ({
  state,
  rows: faultRows.filter((_row, index) => all || (index + turn) % licenseStates.length === column),
}));
let ran = 0;

test.describe('@faults T7', () => {
  for (const { state, rows } of columns) {
    test(`T7: ${state.name}: ${rows.length} of ${faultRows.length} faults, each with the right status, message and next try, and no license lost`, async ({
      openGrants,
    }) => {
      openGrants.mayStayOpen('an answer lost', rows.length);
      test.setTimeout(60_000 + rows.length * 10_000);
      const scene = await FaultScene.open();
      scene.claims = state.claims;
      await scene.acquire();
      const problems: string[] = [];
      const lines: string[] = [];
      for (const row of rows) {
        const report = await runCellOnOneKeyring(scene, state, row);
        lines.push(report.line);
        problems.push(...report.problems);
        ran += 1;
      }
      await scene.restart();
      const { license } = await scene.app.state();
      await scene.close();
      console.log([`T7: ${state.name}`, ...lines.map((line) => `  ${line}`)].join('\n'));
      expect(problems).toEqual([]);
      expect(license?.evaluation.renewal.state, 'after a restart').toBe(state.status);
    });
  }

  test.afterAll(() => {
    const reduced = all ? '' : `, each fault in one state, another one each day; "npm run test:faults" runs all`;
    console.log(
      `T7: ${ran} cells run of ${faultRows.length} faults × ${licenseStates.length} license states${reduced}`,
    );
  });
});
