import type { ConsoleState } from '../../src-shared/console-state.ts';
import type { HandlersOf } from '../../src-shared/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { Preflight } from '../preflight/preflight.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import { preflightText } from './copied-text.ts';

export interface PreflightHandlersDeps {
  readonly state: () => ConsoleState;
  readonly servers: Pick<LicensedServers, 'shown'>;
  readonly preflight: Pick<Preflight, 'start' | 'look' | 'cancel'>;
  readonly copy: (text: string) => Promise<Result<null>>;
}

/** The handlers of the checks. */
export function preflightHandlers({ state, servers, preflight, copy }: PreflightHandlersDeps): HandlersOf<'preflight'> {
  return {
    'preflight.start': async () => {
      preflight.start(servers.shown);
      return succeed(null);
    },
    'preflight.look': async () => {
      preflight.look(servers.shown);
      return succeed(null);
    },
    'preflight.cancel': async () => {
      preflight.cancel();
      return succeed(null);
    },
    'preflight.copy': async () => {
      const now = state();
      return now.preflight ? copy(preflightText(now, now.preflight)) : fail('nothing_to_complete');
    },
  };
}
