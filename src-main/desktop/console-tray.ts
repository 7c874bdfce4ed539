import { app, Menu, nativeImage, Tray } from 'electron';
import type { TrayView } from '../../src-shared/window/tray-view.ts';
import { words } from '../../src-shared/words/words.ts';
import type { TrayActions, TrayIcon } from '../ports/tray-icon.ts';
import caution from './icon/tray-caution.png?asset';
import critical from './icon/tray-critical.png?asset';
import good from './icon/tray-good.png?asset';
import neutral from './icon/tray-neutral.png?asset';

const icons: Record<TrayView['tone'], string> = { good, caution, critical, neutral };

/** Calls `onHost` with whether this desktop shows such icons: once, and again after each change. */
type WatchTrayHost = (onHost: (isThere: boolean) => void) => unknown;

/** The console's icon in the system tray: a distinct shape for each state, a tooltip, and a menu that opens the console. */
export class ConsoleTray implements TrayIcon {
  readonly #watchHost: WatchTrayHost;
  #tray: Tray | null = null;
  #actions: TrayActions | null = null;
  #view: TrayView | null = null;
  #shown = '';

  constructor(watchHost: WatchTrayHost) {
    this.#watchHost = watchHost;
  }

  show(actions: TrayActions, onSeen: (isSeen: boolean) => void): void {
    this.#actions = actions;
    // Without a display there is no tray, and creating an icon never returns.
    if (app.commandLine.getSwitchValue('ozone-platform') === 'headless') return onSeen(false);
    // Without a host Chromium shows an icon of the older kind, which some panels still have. It asks for a host only when an icon is
    // created, so a host that comes later gets a new one.
    this.#watchHost((isThere) => {
      if (isThere || !this.#tray) this.#create(actions);
      onSeen(isThere && this.#tray !== null);
    });
  }

  update(view: TrayView): void {
    this.#view = view;
    this.#draw();
  }

  /** Replaces the icon, if there is one. Some systems create none. */
  #create(actions: TrayActions): void {
    this.#tray?.destroy();
    this.#tray = null;
    try {
      this.#tray = new Tray(imageOf('neutral'));
    } catch {
      return;
    }
    this.#tray.on('click', () => actions.open());
    this.#shown = '';
    this.#draw();
  }

  #draw(): void {
    const [tray, actions, view] = [this.#tray, this.#actions, this.#view];
    const text = JSON.stringify(view);
    if (!tray || !actions || !view || text === this.#shown) return;
    this.#shown = text;
    tray.setImage(imageOf(view.tone));
    tray.setToolTip(view.tooltip);
    // On Linux, a changed menu only appears after it is set again.
    tray.setContextMenu(menuOf(view, actions));
  }
}

function menuOf(view: TrayView, { open, check, endHelp, quit }: TrayActions): Menu {
  const { check: checked, help } = view;
  const lines = view.lines.map((label) => ({ label, click: open }));
  return Menu.buildFromTemplate([
    ...lines,
    ...(lines.length > 0 ? [{ type: 'separator' as const }] : []),
    ...(help === null
      ? []
      : [{ label: help, click: open }, { label: words.tray.endHelp, click: endHelp }, { type: 'separator' as const }]),
    { label: words.tray.open, click: open },
    ...(checked ? [{ label: checked.label, click: () => check(checked.key) }] : []),
    { type: 'separator' },
    { label: help === null ? words.tray.quit : words.tray.quitAndEndHelp, click: quit },
  ]);
}

function imageOf(tone: TrayView['tone']) {
  const image = nativeImage.createFromPath(icons[tone]);
  // macOS shows the icon at 16 points. The file has twice as many pixels.
  return process.platform === 'darwin' ? image.resize({ width: 16, height: 16 }) : image;
}
