import { app, Menu, nativeImage, Tray } from 'electron';
import type { TrayView } from '../../src-shared/tray-view.ts';
import { words } from '../../src-shared/words/words.ts';
import type { TrayActions, TrayIcon } from '../ports/tray-icon.ts';
import caution from './icon/tray-caution.png?asset';
import critical from './icon/tray-critical.png?asset';
import good from './icon/tray-good.png?asset';
import neutral from './icon/tray-neutral.png?asset';

const icons: Record<TrayView['tone'], string> = { good, caution, critical, neutral };

/** The console's icon in the system tray: a distinct shape for each state, a tooltip, and a menu that opens the console. */
export class ConsoleTray implements TrayIcon {
  readonly #findHost: () => Promise<boolean>;
  #tray: Tray | null = null;
  #actions: TrayActions | null = null;
  #view: TrayView | null = null;
  #shown = '';

  /** `findHost` says whether this desktop shows such icons. */
  constructor(findHost: () => Promise<boolean>) {
    this.#findHost = findHost;
  }

  async show(actions: TrayActions): Promise<boolean> {
    this.#actions = actions;
    // Without a display there is no tray, and creating an icon never returns.
    if (app.commandLine.getSwitchValue('ozone-platform') === 'headless') return false;
    const hosted = await this.#findHost();
    try {
      this.#tray = new Tray(imageOf('neutral'));
    } catch {
      return false;
    }
    this.#tray.on('click', () => actions.open());
    this.#draw();
    return hosted;
  }

  update(view: TrayView): void {
    this.#view = view;
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

function menuOf(view: TrayView, { open, check, quit }: TrayActions): Menu {
  const { check: checked } = view;
  const lines = view.lines.map((label) => ({ label, click: open }));
  return Menu.buildFromTemplate([
    ...lines,
    ...(lines.length > 0 ? [{ type: 'separator' as const }] : []),
    { label: words.tray.open, click: open },
    ...(checked ? [{ label: checked.label, click: () => check(checked.key) }] : []),
    { type: 'separator' },
    { label: words.tray.quit, click: quit },
  ]);
}

function imageOf(tone: TrayView['tone']) {
  const image = nativeImage.createFromPath(icons[tone]);
  // macOS shows the icon at 16 points. The file has twice as many pixels.
  return process.platform === 'darwin' ? image.resize({ width: 16, height: 16 }) : image;
}
