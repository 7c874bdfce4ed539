import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsoleInTrouble, troubles } from '../../../fakes/console-in-trouble.ts';
import { said, tries } from '../../../fakes/tries.ts';

const hour = 3_600_000;
const randoms = fc.double({ min: 0.05, max: 1, maxExcluded: true, noNaN: true });
const graces = fc.constantFrom(0, 30);

describe('T7: random sequences of faults of network, keychain, disk and clock', () => {
  it(
    `lose no license, and the license is refreshed in time at the end: ${said(300)} sequences`,
    async () => {
      let ended = 0;
      await fc.assert(
        fc.asyncProperty(troubles, randoms, graces, fc.boolean(), async (sequence, random, grace, restarts) => {
          const inTrouble = await ConsoleInTrouble.create(random, grace);
          const { console } = inTrouble;
          for (const trouble of sequence) await inTrouble.suffer(trouble);
          await inTrouble.recover(restarts);
          if (inTrouble.failureCode === 'invalid_grant') {
            ended += 1;
            expect(console.server.grants.some(({ revoked }) => revoked)).toBe(true);
            return;
          }
          expect(inTrouble.failureCode).toBeUndefined();
          expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
          // A token that lasts a day is refreshed after 9.6 to 14.4 h, and would be in its last third after 16 h.
          for (let time = 0; time < 4; time += 1) {
            await inTrouble.suffer({ what: 'wait', ms: 5 * hour });
            expect(console.services.license.view()?.evaluation.token.state).toBe('fine');
          }
          expect((await console.services.refresh.refreshNow()).ok).toBe(true);
          expect(console.canRefresh).toBe(true);
        }),
        { numRuns: tries(300), seed: process.env['FLC_LONG'] === '1' ? Date.now() : 20_260_310 },
      );
      // Most grants survive, so the checks above do not only concern the others.
      expect(ended).toBeLessThan(tries(300) / 2);
    },
    20 * 60_000,
  );
});
