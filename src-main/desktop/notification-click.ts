import type { AlertAction } from '../../src-shared/notifications/alert.ts';
import type { Result } from '../../src-shared/result.ts';
import { type Place, placeOf } from '../../src-shared/window/place.ts';

/** What a click on a notification can do in the window. */
interface ClickedWindow {
  /** Opens a page for the server that is shown already. */
  ask(place: Place): void;
  /** Chooses the server first. Its failures are those of `chooseProfile`. */
  showServer(profileId: string, place: Place): Result<null>;
  openPane(): void;
  checkLicense(): void;
  unlockKeychain(): void;
}

/**
 * Handles a click on a notification: shows its server and does its action. A notification about many servers, or about none, only opens a
 * page.
 */
export function actOnClick(profileId: string, action: AlertAction, window: ClickedWindow): void {
  if (action === 'show_servers' || action === 'open_console') window.ask(placeOf(action));
  else if (window.showServer(profileId, placeOf(action)).ok) {
    if (action === 'renew') window.openPane();
    if (action === 'check_license') window.checkLicense();
    if (action === 'unlock_keychain') window.unlockKeychain();
  }
}
