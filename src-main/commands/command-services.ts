import type {
  BackgroundView,
  ConnectionView,
  ConsoleState,
  LicensedElsewhere,
} from '../../src-shared/console-state.ts';
import type { ClockStatus } from '../../src-shared/license-status.ts';
import type { PeerVerdict } from '../../src-shared/peer-verdict.ts';
import type { Result } from '../../src-shared/result.ts';
import type { ProfileSettings, ServerProfile } from '../../src-shared/server-profile.ts';
import type { AcquireLicense } from '../acquisition/acquire-license.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { PresentedToken } from '../peers/presented-token.ts';
import type { LocalApiControl } from '../ports/local-api.ts';
import type { Timer } from '../ports/timer.ts';
import type { RefreshScheduler } from '../refresh/refresh-scheduler.ts';

/** One server of this console, as the commands use it. */
export interface CommandServer {
  readonly profile: ServerProfile;
  readonly license: LicenseService;
  readonly acquisition: AcquireLicense;
  readonly refresh: RefreshScheduler;
  connection(): ConnectionView;
  /** Judges a peer's token. */
  verifyPeer(presented: PresentedToken, askedBy: string): Promise<PeerVerdict>;
}

/** What the commands are thin over: the same services that the window uses. */
export interface CommandServices {
  readonly about: ConsoleState['about'];
  /** Every server that this console knows. */
  servers(): readonly CommandServer[];
  /** The id of the one that the window shows; null where there is none. */
  shownId(): string | null;
  clock(): { readonly clock: ClockStatus; readonly judgedAt: number };
  background(): BackgroundView;
  licensedElsewhere(): LicensedElsewhere | null;
  addProfile(settings: ProfileSettings): Promise<Result<null>>;
  chooseProfile(id: string): Result<null>;
  readonly localApi: LocalApiControl;
  /** Calls `changed` after each change of what is shown, until the returned function is called. */
  listen(changed: () => void): () => void;
  readonly timer: Timer;
}
