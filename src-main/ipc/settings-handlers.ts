import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import type { Theme } from '../../src-shared/window/theme.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { NotificationService } from '../notifications/notification-service.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';

/** The choices of a person about running in the background. */
export interface BackgroundIntents {
  /** Saves the answer and closes the window. Failure: `settings_not_written`; the window closes anyway. */
  answer(keepRunning: boolean): Result<null>;
  /** Ends the help if the person wants that, and closes the window. */
  answerHelp(keepHelping: boolean): Result<null>;
  stayOpen(): Result<null>;
  /** Failure: `settings_not_written`. */
  keepRunning(on: boolean): Result<null>;
  /** Failure: `login_item_refused`. */
  startAtLogin(on: boolean): Result<null>;
}

export interface SettingsHandlersDeps {
  readonly profiles: ServerProfiles;
  readonly background: BackgroundIntents;
  readonly notifications: Pick<NotificationService, 'showTest' | 'evaluate'>;
  /** Gives the window these colors at once. */
  readonly applyTheme: (theme: Theme) => void;
  readonly changed: () => void;
}

/** The handlers of the console's own settings, and of the questions when its window closes. Failure: `settings_not_written`. */
export function settingsHandlers({
  profiles,
  background,
  notifications,
  applyTheme,
  changed,
}: SettingsHandlersDeps): HandlersOf<'appearance' | 'background' | 'handover' | 'notifications'> {
  return {
    // If they cannot be saved, the colors apply until the console ends.
    'appearance.theme': async ({ theme }) => {
      const saved = profiles.saveTheme(theme);
      applyTheme(theme);
      changed();
      return saved;
    },
    'background.answer': async ({ keepRunning }) => background.answer(keepRunning),
    'background.answer_help': async ({ keepHelping }) => background.answerHelp(keepHelping),
    'background.stay_open': async () => background.stayOpen(),
    'background.keep_running': async ({ on }) => background.keepRunning(on),
    'background.start_at_login': async ({ on }) => background.startAtLogin(on),
    // The installer's name on the handover sheet.
    'handover.read': async () => succeed({ installedBy: profiles.installedBy }),
    'handover.keep': async ({ installedBy }) => profiles.saveInstalledBy(installedBy.trim()),
    'notifications.quiet_hours': async (quietHours) => {
      const saved = profiles.saveQuietHours(quietHours);
      // Notifications that the old quiet hours held back may be due now.
      notifications.evaluate();
      changed();
      return saved;
    },
    'notifications.test': () => notifications.showTest(),
  };
}
