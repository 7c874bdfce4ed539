import {
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  type HandlerDetails,
  type Rectangle,
  screen,
  type WebContents,
  type WindowOpenHandlerResponse,
} from 'electron';
import type { Failure } from '../../../../src-shared/result.ts';
import type { ZoomChange } from '../../window/zoom-steps.ts';
import { evaluateNavigation, type PanePolicy } from '../limits/navigation-policy.ts';
import { endProcessOf } from '../limits/page-events.ts';
import type { CallBudget } from '../limits/page-gate.ts';
import { PageGuard } from '../limits/page-guard.ts';
import { handleInput } from '../page-input.ts';
import { pagePreferences } from '../page-preferences.ts';
import { PageSignIns } from './page-sign-ins.ts';
import type { AuthorizationPaneDeps, PagesConnection } from '../pane-deps.ts';
import { loadFailure } from '../pane-load.ts';
import { leastPopUp, popUpBounds, popUpTitle } from './pop-up-place.ts';

type FromPane = 'window' | 'timer' | 'habits' | 'downloads' | 'askSignIn' | 'askCertificate' | 'onLeave' | 'onMenu';

interface SignInPopUpDeps extends Pick<AuthorizationPaneDeps, FromPane> {
  /** The budget of the pane. The pop-up has none of its own. */
  readonly calls: CallBudget;
  readonly policy: () => PanePolicy | undefined;
  /** The place of the pane in the window, in device-independent pixels. */
  readonly place: () => Rectangle;
  /** The connection of the pane, which the pop-up shares. */
  readonly connection: () => PagesConnection | null;
  /** This address has to open in the pane. */
  readonly onInPane: (address: string) => void;
  readonly onRefused: (address: string) => void;
  readonly onFailed: (reason: Failure) => void;
  readonly onZoom: (change: ZoomChange) => void;
  readonly onOpened: () => void;
  readonly onChanged: () => void;
  /** `hadKeyboard`: the keyboard focus was in it, and has to go somewhere. */
  readonly onClosed: (hadKeyboard: boolean) => void;
}

/**
 * The second window of a sign-in, for identity providers that open one and then report to its opener by `postMessage`. A page of
 * the pane gets at most one, for a click, and it has the session, the policy and the budget of the pane.
 */
export class SignInPopUp {
  readonly #deps: SignInPopUpDeps;
  #window: BrowserWindow | null = null;

  constructor(deps: SignInPopUpDeps) {
    this.#deps = deps;
  }

  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** Answers a page of the pane that opens a window. A link to a new tab and an address that is not allowed open in the pane. */
  answer({ url, disposition, features }: HandlerDetails, opener: WebContents): WindowOpenHandlerResponse {
    const policy = this.#deps.policy();
    const mayOpen = policy && (url === 'about:blank' || evaluateNavigation(url, policy).allowed);
    if (!mayOpen || disposition !== 'new-window' || !keepsOpener(features)) {
      if (url !== 'about:blank') this.#deps.onInPane(url);
      return { action: 'deny' };
    }
    this.close();
    return {
      action: 'allow',
      overrideBrowserWindowOptions: { webPreferences: { ...pagePreferences } },
      // Uses only the page from the options, because Electron adds every feature that the page gives to them.
      createWindow: (options) => this.#open(guestIn(options), features, opener.mainFrame.origin),
    };
  }

  /** Moves the keyboard focus into it. */
  focus(): void {
    this.#window?.show();
    this.#window?.webContents.focus();
  }

  /** Closes it at once, even if its page hangs. */
  close(): void {
    const window = this.#window;
    if (!window) return;
    const hadKeyboard = !window.isDestroyed() && window.isFocused();
    this.#window = null;
    if (!window.isDestroyed()) window.destroy();
    this.#deps.onClosed(hadKeyboard);
  }

  zoom(percent: number): void {
    this.#window?.webContents.setZoomFactor(percent / 100);
  }

  endProcess(): void {
    if (this.#window) endProcessOf(this.#window.webContents);
  }

  #open(contents: WebContents, features: string, origin: string): WebContents {
    const bounds = this.#bounds(features);
    const window = new BrowserWindow({
      // Electron passes the page of the new window in this option, which its types leave out.
      ...({ webContents: contents } as BrowserWindowConstructorOptions),
      ...bounds,
      parent: this.#deps.window,
      minWidth: Math.min(leastPopUp.width, bounds.width),
      minHeight: Math.min(leastPopUp.height, bounds.height),
      title: popUpTitle(origin),
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      autoHideMenuBar: true,
      // Repeated, because Electron now sets the rights of the page a second time.
      webPreferences: { ...pagePreferences },
    });
    window.removeMenu();
    this.#window = window;
    this.#guard(window, contents);
    this.#listen(window, contents);
    this.#deps.onOpened();
    this.#deps.onChanged();
    return contents;
  }

  #bounds(features: string): Rectangle {
    const [inside, pane] = [this.#deps.window.getContentBounds(), this.#deps.place()];
    const place = { ...pane, x: inside.x + pane.x, y: inside.y + pane.y };
    return popUpBounds(features, place, screen.getDisplayMatching(place).workArea);
  }

  #guard(window: BrowserWindow, contents: WebContents): void {
    const { timer, calls, policy, connection, downloads, askSignIn, askCertificate, onRefused } = this.#deps;
    connection()?.admit(contents);
    const guard = new PageGuard({
      timer,
      calls,
      policy,
      onRefused: (address) => this.#end(window, () => onRefused(address)),
      // A pop-up opens no further pop-up. The next page opens in the same one.
      onPopUp: ({ url }) => {
        if (url !== 'about:blank') this.#go(window, url);
        return { action: 'deny' };
      },
    });
    guard.watch(contents);
    // The questions are in the console's window, which the pop-up would cover.
    const asking = { onAsked: () => window.hide(), onAnswered: () => !window.isDestroyed() && window.show() };
    const signIns = new PageSignIns({ ask: askSignIn, askCertificate, ...asking });
    signIns.watch(contents);
    downloads.watch(contents, {
      ...asking,
      // A window that was opened for the file alone stays empty.
      onAnswered: () => (isEmpty(contents) ? this.#end(window, () => {}) : asking.onAnswered()),
    });
    window.once('closed', () => {
      guard.forgetGesture();
      downloads.forget(contents);
      signIns.leave();
    });
  }

  #go(window: BrowserWindow, address: string): void {
    const policy = this.#deps.policy();
    if (!policy || !evaluateNavigation(address, policy).allowed)
      return this.#end(window, () => this.#deps.onRefused(address));
    // A failed load also raises `did-fail-load`, which handles the failure.
    window.webContents.loadURL(address).catch(() => {});
  }

  /** Closes it for a reason. Deferred, because Electron still needs the page to return from the event that calls this. */
  #end(window: BrowserWindow, then: () => void): void {
    this.#deps.timer.schedule(0, () => {
      if (this.#window !== window) return;
      this.close();
      then();
    });
  }

  #listen(window: BrowserWindow, contents: WebContents): void {
    const { policy, habits, onChanged, onZoom, onMenu } = this.#deps;
    // The title is the true origin, not the one that the page claims.
    window.on('page-title-updated', (event) => event.preventDefault());
    // Neither `resizeTo` nor `moveTo`.
    contents.on('content-bounds-updated', (event) => event.preventDefault());
    contents.on('did-navigate', (_event, url) => {
      const allowed = policy();
      if (url !== 'about:blank' && !(allowed && evaluateNavigation(url, allowed).allowed))
        return this.#end(window, () => this.#deps.onRefused(url));
      window.setTitle(popUpTitle(contents.mainFrame.origin));
      contents.setZoomFactor(habits().zoomPercent / 100);
      onChanged();
    });
    contents.on('did-fail-load', (_event, _code, description, url, isMainFrame) => {
      if (isMainFrame) this.#failed(window, description, url);
    });
    contents.on('render-process-gone', () => this.#end(window, () => {}));
    handleInput(contents, {
      onLeave: (backwards) => {
        this.#deps.window.focus();
        this.#deps.onLeave(backwards);
      },
      onZoom,
      onFind: () => false,
      onMenu: (params) => onMenu({ contents, params, origin: { x: 0, y: 0 }, window }),
    });
    contents.on('before-input-event', (event, { type, key, control }) => {
      if (type !== 'keyDown' || !(key === 'Escape' || (control && key.toLowerCase() === 'w'))) return;
      event.preventDefault();
      this.#end(window, () => {});
    });
    let hadKeyboard = false;
    // Closed by its own button and by `window.close`. A page that hangs cannot keep the window open.
    window.on('close', () => {
      hadKeyboard = window.isFocused();
      this.#end(window, () => {});
    });
    window.once('closed', () => {
      if (this.#window !== window) return;
      this.#window = null;
      this.#deps.onClosed(hadKeyboard);
    });
  }

  #failed(window: BrowserWindow, description: string, address: string): void {
    const { connection, onInPane, onFailed } = this.#deps;
    // A page with a Cross-Origin-Opener-Policy leaves its opener, and Chromium refuses that if the opener is sandboxed.
    if (/ERR_BLOCKED_BY_RESPONSE/.test(description)) return this.#end(window, () => onInPane(address));
    const reason = loadFailure(connection()?.errorOf(address) ?? description, address, false);
    if (reason) this.#end(window, () => onFailed(reason));
  }
}

/** False if the page itself asks for a window that it cannot talk to, or gives no features at all, as a link does. */
function keepsOpener(features: string): boolean {
  return features !== '' && !/(?:^|[\s,])no(?:opener|referrer)(?!\s*=\s*(?:0|no|false))/i.test(features);
}

/** Whether no page has come into the window. */
function isEmpty(contents: WebContents): boolean {
  return !contents.isDestroyed() && ['', 'about:blank'].includes(contents.getURL());
}

function guestIn(options: BrowserWindowConstructorOptions): WebContents {
  return (options as { readonly webContents: WebContents }).webContents;
}
