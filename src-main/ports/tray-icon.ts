import type { TrayView } from '../../src-shared/window/tray-view.ts';

export interface TrayActions {
  readonly open: () => void;
  /** Checks the license of this server. */
  readonly check: (profileId: string) => void;
  /** Ends the help for other servers. */
  readonly endHelp: () => void;
  readonly quit: () => void;
}

/** The icon in the system's notification area. */
export interface TrayIcon {
  /** Shows the icon. Calls `onSeen` with false if this desktop may not show such icons, and again when that changes. */
  show(actions: TrayActions, onSeen: (isSeen: boolean) => void): void;
  /** Changes what the icon shows. Does nothing if that is the same as before. */
  update(view: TrayView): void;
}
