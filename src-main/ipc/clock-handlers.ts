import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail, succeed } from '../../src-shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { TimeService } from '../ports/time-service.ts';
import type { Timer } from '../ports/timer.ts';
import { ClockSetting } from '../time/clock-setting.ts';

export interface ClockHandlersDeps {
  /** Null on a system without a known one. */
  readonly timeService: TimeService | null;
  readonly clock: Clock;
  readonly timer: Timer;
}

/** The handlers for setting this computer's clock. */
export function clockHandlers({ timeService, clock, timer }: ClockHandlersDeps): HandlersOf<'clock'> {
  const setting = new ClockSetting(clock, timer);
  return {
    'clock.start_time_service': async () => {
      setting.begin();
      return timeService ? timeService.start() : fail('time_service_not_started');
    },
    'clock.await_setting': async () => succeed({ wasSet: await setting.wasSet(), at: clock.wallNow() }),
  };
}
