import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { SupportContactState } from '../../src-shared/support/support-contact.ts';
import type { PreflightReport } from '../../src-shared/support/preflight.ts';
import type { DiagnosticsRun, DiagnosticsZip } from '../diagnostics/diagnostics-zip.ts';
import type { Changes } from '../changes.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { LocalApiControl } from '../local-api/local-api-control.ts';
import type { LaptopControl } from '../servers/helped-by-laptop.ts';
import type { Timer } from '../ports/timer.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { ServerSettings } from '../servers/server-settings.ts';
import type { TrustedTime } from '../time/trusted-time.ts';

/** The services behind the commands, which are the same ones that the window uses. */
export interface CommandServices {
  /** Whether the services run in the command's own process, because no console is running. */
  readonly isInPlace: boolean;
  readonly about: ConsoleState['about'];
  readonly servers: Pick<LicensedServers, 'all' | 'shown' | 'licensedElsewhere' | 'forgetProfile' | 'chooseProfile'> & {
    readonly settings: Pick<ServerSettings, 'add' | 'addUnchecked' | 'save' | 'rename'>;
  };
  readonly notices: Pick<ConsoleNotices, 'all'>;
  readonly changes: Pick<Changes, 'subscribe'>;
  readonly localApi: LocalApiControl;
  readonly laptop: LaptopControl;
  readonly trustedTime: Pick<TrustedTime, 'evaluate'>;
  readonly timer: Timer;
  /** Whom a person can ask, as an administrator has written it. */
  readonly supportContact: () => SupportContactState;
  /** Runs the checks of this computer and of these servers. `isInPlace`: as above. */
  preflight(servers: readonly LicensedServer[], isInPlace: boolean): Promise<PreflightReport>;
  /** Collects the diagnostics as one zip, and lists what is in it. Null if it was cancelled. `isInPlace`: as above. */
  diagnostics(isInPlace: boolean, run: DiagnosticsRun): Promise<DiagnosticsZip | null>;
}
