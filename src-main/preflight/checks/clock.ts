import { clockAheadOf } from '../../../src-shared/pairing/laptop-view.ts';
import { doubtOf } from '../../../src-shared/license/license-status.ts';
import { present } from '../../../src-shared/present.ts';
import { failure } from '../../../src-shared/result.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { words } from '../../../src-shared/words/words.ts';
import { evidenceOfClock } from '../../time/clock-evidence.ts';
import { attention, type ComputerCheck, failed, type Finding, ok, skipped } from '../preflight-check.ts';
import type { SceneAfterServers } from '../preflight-scene.ts';

/** Whether this computer's clock agrees with the time that the servers gave, or else with what certificates and the program itself say. */
export const clock: ComputerCheck = {
  async check(scene) {
    const { trustedTime } = scene;
    // One answer from a server leaves the clock in doubt, until another one confirms it.
    await trustedTime.settle();
    const { clock: judged } = trustedTime.evaluate();
    const doubt = doubtOf(judged);
    if (doubt)
      return attention([preflightWords.clockIsInDoubt(doubt), ...byLaptop(scene, doubt.localAt)], { fixer: 'store' });
    if (judged.state === 'wrong') return wrong(scene, preflightWords.clockIsWrong(judged));
    return trustedTime.isConfirmed ? ok(preflightWords.clockRight) : withoutServer(scene);
  },
};

/** No server has confirmed the clock since the console started. */
function withoutServer(scene: SceneAfterServers): Finding {
  const { trustedTime, builtAt, serverFailures } = scene;
  const { judgedAt: localAt } = trustedTime.evaluate();
  const evidence = evidenceOfClock(localAt, builtAt, serverFailures);
  const differs = byLaptop(scene, localAt);
  if (evidence.length > 0)
    return wrong(
      scene,
      preflightWords.clockIsBehind(localAt),
      ...evidence.map(preflightWords.clockEvidence),
      ...differs,
    );
  // Either of the two clocks may be wrong.
  if (differs.length > 0) return { ...wrong(scene, ...differs), state: 'attention' };
  const { markAt } = trustedTime;
  return markAt === null
    ? skipped(preflightWords.clockNotCompared(localAt))
    : ok(preflightWords.clockNotBehind(localAt, markAt));
}

/** What the clock of a laptop that helps says. It is no proof. */
function byLaptop({ laptop }: SceneAfterServers, localAt: number): readonly string[] {
  const clockAheadMs = clockAheadOf(laptop.view());
  return clockAheadMs === undefined ? [] : [words.laptop.clockDiffers(clockAheadMs, localAt)];
}

function wrong({ timeService }: SceneAfterServers, ...says: readonly string[]): Finding {
  const facts = present({ command: timeService?.command });
  return { ...failed(failure('clock_wrong', { facts })), says };
}
