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
import type { PresentedToken } from '../peers/peer-proof.ts';
import type { LocalApiControl } from '../ports/local-api.ts';
import type { Timer } from '../ports/timer.ts';
import type { RefreshScheduler } from '../refresh/refresh-scheduler.ts';

/** One server of this console, as commands see it. */
export interface CommandServer {
  readonly profile: ServerProfile;
  readonly license: LicenseService;
  readonly acquisition: AcquireLicense;
  readonly refresh: RefreshScheduler;
  connection(): ConnectionView;
  /** Sets the state of a removal, which the window shows. */
  setRemoval(removal: RemovalView): void;
  /** The current license token. Failures: `not_licensed`, `token_expired`, and the `secret_store_*` codes. */
  readonly currentToken: () => Promise<Result<CurrentToken>>;
  /** Judges a peer's token. */
  verifyPeer(presented: PresentedToken, askedBy: string): Promise<PeerVerdict>;
}

/** The services behind the commands, which are the same ones that the window uses. */
export interface CommandServices {
  /** Whether the services run in the command's own process, because no console is running. */
  readonly isInPlace: boolean;
  readonly about: ConsoleState['about'];
  /** Every server that this console knows. */
  servers(): readonly CommandServer[];
  /** The id of the server that the window shows. Null if there is no server. */
  shownId(): string | null;
  clock(): { readonly clock: ClockStatus; readonly judgedAt: number };
  background(): BackgroundView;
  notices(): readonly Notice[];
  licensedElsewhere(): LicensedElsewhere | null;
  /** Checks whether there is an Authorization server at this address. Failures: those of discovery. */
  checkIssuer(issuer: string): Promise<Result<{ readonly issuer: string }>>;
  addProfile(settings: ProfileSettings): Promise<Result<null>>;
  /** Changes the settings of the server with this id. Failures: as in the window. */
  saveProfile(id: string, settings: ProfileSettings): Promise<Result<null>>;
  chooseProfile(id: string): Result<null>;
  readonly localApi: LocalApiControl;
  /** Calls `changed` after each change of the console's state, until the returned function is called. */
  listen(changed: () => void): () => void;
  readonly timer: Timer;
}
