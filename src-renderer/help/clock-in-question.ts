import { clockAheadOf } from '../../src-shared/pairing/laptop-view.ts';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import { isWrong } from '../../src-shared/support/preflight.ts';
import type { Failure } from '../../src-shared/result.ts';

/** Does anything that the console shows suggest that this computer's clock is wrong? */
export function isClockInQuestion(state: ConsoleState): boolean {
  const { clock, laptop, preflight } = state;
  if (clock.state === 'wrong' || clock.doubt || clockAheadOf(laptop) !== undefined) return true;
  if (preflight?.results.some((result) => result.check === 'clock' && isWrong(result))) return true;
  return failuresOn(state).some(({ remedy }) => remedy === 'set_clock');
}

function failuresOn({ acquisition, connection, preflight, refresh }: ConsoleState): readonly Failure[] {
  return [
    ...(acquisition.state === 'failed' ? [acquisition.failure] : []),
    ...(connection.state === 'offline' ? [connection.failure] : []),
    ...(refresh.lastFailure ? [refresh.lastFailure] : []),
    ...(preflight?.results ?? []).flatMap(({ failure }) => failure ?? []),
  ];
}
