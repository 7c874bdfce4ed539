import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import type { Theme } from '../../src-shared/window/theme.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';

export interface AppearanceHandlersDeps {
  readonly profiles: ServerProfiles;
  /** Gives the window these colors at once. */
  readonly applyTheme: (theme: Theme) => void;
  readonly changed: () => void;
}

/** The handler of the setting of colors. Failure: `settings_not_written`; the colors apply until the console ends. */
export function appearanceHandlers({
  profiles,
  applyTheme,
  changed,
}: AppearanceHandlersDeps): HandlersOf<'appearance'> {
  return {
    'appearance.theme': async ({ theme }) => {
      const saved = profiles.saveTheme(theme);
      applyTheme(theme);
      changed();
      return saved;
    },
  };
}
