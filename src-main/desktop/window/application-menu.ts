import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuChoice } from '../../../src-shared/window/ipc-contract.ts';
import { present } from '../../../src-shared/present.ts';
import { type PageName, railPages } from '../../../src-shared/window/place.ts';
import { words } from '../../../src-shared/words/words.ts';
import type { ZoomChange } from './zoom-steps.ts';

/** What the menu bar does in the console's window. */
export interface MenuActions {
  readonly go: (page: PageName) => void;
  /** Entries that the page of the window handles itself. */
  readonly choose: (choice: MenuChoice) => void;
  readonly back: () => void;
  readonly reload: () => void;
  readonly zoom: (change: ZoomChange) => void;
}

/** What the entries depend on. */
interface MenuState {
  readonly firstRun: boolean;
  readonly canGoBack: boolean;
  readonly licensed: boolean;
}

const actionsOf = new WeakMap<BrowserWindow, MenuActions>();

/** Sets the menu bar of all windows. Its entries do nothing before {@link answerMenu}. Everything in it can also be reached elsewhere. */
export function setApplicationMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(process.platform === 'darwin')));
}

/** The entries act on this window from now on. */
export function answerMenu(window: BrowserWindow, actions: MenuActions): void {
  actionsOf.set(window, actions);
}

/** Disables the entries that have nothing to act on. */
export function showInMenu({ firstRun, canGoBack, licensed }: MenuState): void {
  const menu = Menu.getApplicationMenu();
  const enable = (id: string, enabled: boolean) => {
    const item = menu?.getMenuItemById(id);
    if (item && item.enabled !== enabled) item.enabled = enabled;
  };
  const pages = railPages(firstRun);
  for (const page of railPages(false)) enable(page, pages.includes(page));
  enable('settings_of_file', pages.includes('settings'));
  enable('back', canGoBack);
  enable('handover', licensed);
}

function template(mac: boolean): MenuItemConstructorOptions[] {
  const { menu, frame, offer } = words;
  const separator = { type: 'separator' } as const;
  const help = item(menu.help, 'F1', ({ go }) => go('help'));
  const settings = item(menu.settings, 'CommandOrControl+,', ({ go }) => go('settings'), 'settings_of_file');
  const about = choice(menu.about, 'about');
  return [
    ...(mac
      ? [
          {
            role: 'appMenu' as const,
            submenu: [about, separator, settings, separator, { role: 'hide' as const }, { role: 'quit' as const }],
          },
        ]
      : []),
    {
      label: menu.file,
      submenu: [
        choice(menu.print, 'print', 'CommandOrControl+P'),
        { ...choice(menu.handover, 'handover'), id: 'handover', enabled: false },
        separator,
        ...(mac ? [] : [settings, separator]),
        { role: 'close' },
        ...(mac ? [] : [{ role: 'quit' as const }]),
      ],
    },
    {
      label: menu.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        separator,
        choice(menu.find, 'find', 'CommandOrControl+F'),
      ],
    },
    {
      label: menu.view,
      submenu: [
        item(menu.reload, 'F5', ({ reload }) => reload()),
        separator,
        zoomItem(menu.zoomIn, 'Plus', 'in'),
        zoomItem(menu.zoomOut, '-', 'out'),
        zoomItem(menu.zoomReset, '0', 'reset'),
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    {
      label: menu.go,
      submenu: [
        ...railPages(false).map((page, place) =>
          item(frame.pages[page].replaceAll('&', '&&'), `CommandOrControl+${place + 1}`, ({ go }) => go(page), page),
        ),
        separator,
        item(offer.menu, undefined, ({ go }) => go('offer'), 'offer'),
        separator,
        item(menu.back, mac ? 'Command+[' : 'Alt+Left', ({ back }) => back(), 'back'),
      ],
    },
    ...(mac ? [{ role: 'windowMenu' as const }] : []),
    {
      role: 'help',
      label: menu.helpMenu,
      submenu: [
        help,
        separator,
        choice(menu.copyForSupport, 'copy_for_support'),
        choice(menu.saveDiagnostics, 'save_diagnostics'),
        choice(menu.openLogFolder, 'open_log_folder'),
        ...(mac ? [] : [separator, about]),
      ],
    },
  ];
}

function item(label: string, accelerator: string | undefined, does: (actions: MenuActions) => void, id?: string) {
  return present({
    label,
    accelerator,
    id,
    click: (_item: unknown, window: unknown) => {
      const target = window instanceof BrowserWindow ? window : BrowserWindow.getAllWindows()[0];
      // The menu bar of macOS stays while a sign-in window of the console has the keyboard.
      const actions = target && actionsOf.get(target.getParentWindow() ?? target);
      if (actions) does(actions);
    },
  }) satisfies MenuItemConstructorOptions;
}

function choice(label: string, name: MenuChoice, accelerator?: string) {
  return item(label, accelerator, ({ choose }) => choose(name));
}

/** The pages handle the zoom keys themselves, on every layout. The entry only displays the accelerator and reacts to clicks. */
function zoomItem(label: string, key: string, change: ZoomChange) {
  return { ...item(label, `CommandOrControl+${key}`, ({ zoom }) => zoom(change)), registerAccelerator: false };
}
