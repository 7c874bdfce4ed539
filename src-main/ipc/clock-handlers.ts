import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail } from '../../src-shared/result.ts';
import type { TimeService } from '../ports/time-service.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';

export interface ClockHandlersDeps {
  /** Null on a system without a known one. */
  readonly timeService: TimeService | null;
  readonly servers: Pick<LicensedServers, 'lookedAt'>;
}

/** The handlers for setting this computer's clock. */
export function clockHandlers({ timeService, servers }: ClockHandlersDeps): HandlersOf<'clock'> {
  return {
    'clock.start_time_service': async () => {
      const started = timeService ? await timeService.start() : fail('time_service_not_started');
      // The next answer of a server shows whether the clock is right.
      if (started.ok) servers.lookedAt();
      return started;
    },
  };
}
