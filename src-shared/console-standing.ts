import type { LicenseView, RefreshView } from './console-state.ts';
import type { ClockStatus } from './license-status.ts';
import type { Failure } from './result.ts';

/** How one server stands, whether or not it is the one that is shown. */
export interface ServerStanding {
  readonly profileId: string;
  readonly serverName: string;
  readonly license: LicenseView | null;
  readonly refresh: RefreshView;
  readonly keychain: Failure | null;
}

/** How everything stands at one moment. */
export interface ConsoleStanding {
  readonly servers: readonly ServerStanding[];
  readonly clock: ClockStatus;
}
