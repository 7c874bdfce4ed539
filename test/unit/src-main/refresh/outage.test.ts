import { describe, expect, it } from 'vitest';
import { allowedShare, type OutageKind, simulateOutage } from '../../../simulation/outage.ts';

const kinds: readonly (readonly [OutageKind, string])[] = [
  ['server', 'the server was down'],
  ['internet', 'the internet was down and came back for all at once'],
  ['power', 'the power was gone and all computers start within minutes'],
];
const seed = 20_260_310;
const stores = 2_000;

describe(`T9: ${stores.toLocaleString('en-US')} stores after an outage of 6 h`, () => {
  for (const [kind, name] of kinds)
    for (const allDue of [false, true])
      it(`${name}${allDue ? '; all of them are due' : ''}: no second has more than 1 % of them, and no license is lost`, async () => {
        const result = await simulateOutage({ kind, stores, allDue, jitter: true, seed });
        expect(result.behind).toBeGreaterThan(allDue ? stores - 1 : stores / 20);
        expect(result.peakShare).toBeLessThanOrEqual(allowedShare);
        expect(result.allFreshAfterMs).not.toBeNull();
        expect(result.allFreshAfterMs).toBeLessThanOrEqual(2 * 3_600_000);
        expect(result.ranOut).toBe(0);
        expect(result.lostLicenses).toBe(0);
      });

  it('more than half of them refresh in the same second without jitter', async () => {
    const result = await simulateOutage({ kind: 'internet', stores, allDue: true, jitter: false, seed });
    expect(result.peakShare).toBeGreaterThan(0.5);
  });
});
