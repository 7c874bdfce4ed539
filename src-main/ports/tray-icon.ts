import type { TrayView } from '../../src-shared/tray-view.ts';

/** The icon beside the system's clock. */
export interface TrayIcon {
  /** Shows it; resolves to false where this desktop may show no such icons. */
  show(actions: { readonly open: () => void; readonly quit: () => void }): Promise<boolean>;
  /** What it tells; nothing is done where that has not changed. */
  update(view: TrayView): void;
}
