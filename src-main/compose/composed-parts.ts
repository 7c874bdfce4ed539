import type { FileLog } from '../adapters/disk/file-log.ts';
import type { Changes } from '../changes.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { Clock } from '../ports/clock.ts';
import type { LocalApiControl } from '../local-api/local-api-control.ts';
import type { Timer } from '../ports/timer.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';
import type { TrustedTime } from '../time/trusted-time.ts';

/** What several files of this folder need from the console. */
export interface ComposedParts {
  readonly servers: LicensedServers;
  readonly profiles: ServerProfiles;
  readonly notices: ConsoleNotices;
  readonly localApi: LocalApiControl;
  readonly trustedTime: TrustedTime;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly log: FileLog;
  readonly changes: Changes;
}
