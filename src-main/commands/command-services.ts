import type {
  BackgroundView,
  ConnectionView,
  ConsoleState,
  LicensedElsewhere,
  Notice,
  RemovalView,
} from '../../src-shared/console-state.ts';
import type { ClockStatus } from '../../src-shared/license-status.ts';
import type { PeerVerdict } from '../../src-shared/peer-verdict.ts';
import type { Result } from '../../src-shared/result.ts';
import type { ProfileSettings, ServerProfile } from '../../src-shared/server-profile.ts';
import type { AcquireLicense } from '../acquisition/acquire-license.ts';
import type { CurrentToken } from '../license/held-token.ts';
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
  /** The window shows how a removal goes on. */
  setRemoval(removal: RemovalView): void;
  /** The license token that is held. Failures: `not_licensed`, `token_expired`, and the `secret_store_*` codes. */
  readonly currentToken: () => Promise<Result<CurrentToken>>;
  /** Judges a peer's token. */
  verifyPeer(presented: PresentedToken, askedBy: string): Promise<PeerVerdict>;
}

/** What the commands are thin over: the same services that the window uses. */
export interface CommandServices {
  /** Does the command's own process run it, since no console does? */
  readonly isInPlace: boolean;
  readonly about: ConsoleState['about'];
  /** Every server that this console knows. */
  servers(): readonly CommandServer[];
  /** The id of the one that the window shows; null where there is none. */
  shownId(): string | null;
  clock(): { readonly clock: ClockStatus; readonly judgedAt: number };
  background(): BackgroundView;
  notices(): readonly Notice[];
  licensedElsewhere(): LicensedElsewhere | null;
  /** Asks whether there is an Authorization server at this address. Failures: those of discovery. */
  checkIssuer(issuer: string): Promise<Result<{ readonly issuer: string }>>;
  addProfile(settings: ProfileSettings): Promise<Result<null>>;
  /** Changes the settings of the server of that id. Failures: as in the window. */
  saveProfile(id: string, settings: ProfileSettings): Promise<Result<null>>;
  chooseProfile(id: string): Result<null>;
  readonly localApi: LocalApiControl;
  /** Calls `changed` after each change of what is shown, until the returned function is called. */
  listen(changed: () => void): () => void;
  readonly timer: Timer;
}
