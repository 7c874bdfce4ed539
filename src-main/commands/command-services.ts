import type { BackgroundView, ConsoleState, LicensedElsewhere, Notice } from '../../src-shared/console-state.ts';
import type { ClockStatus } from '../../src-shared/license-status.ts';
import type { Result } from '../../src-shared/result.ts';
import type { ProfileSettings } from '../../src-shared/server-profile.ts';
import type { Changes } from '../changes.ts';
import type { LocalApiControl } from '../ports/local-api.ts';
import type { Timer } from '../ports/timer.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';

/** The services behind the commands, which are the same ones that the window uses. */
export interface CommandServices {
  /** Whether the services run in the command's own process, because no console is running. */
  readonly isInPlace: boolean;
  readonly about: ConsoleState['about'];
  /** Every server that this console knows. */
  servers(): readonly LicensedServer[];
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
  readonly changes: Pick<Changes, 'subscribe'>;
  readonly timer: Timer;
}
