import { type Session, type WebContents, WebContentsView } from 'electron';
import { isOwnServer } from './limits/navigation-policy.ts';
import type { CallBudget } from './limits/page-gate.ts';
import { pagePreferences } from './page-preferences.ts';
import type { AuthorizationPaneDeps, PagesConnection } from './pane-deps.ts';
import { type PaneTarget, paneSession } from './pane-target.ts';
import { webAddress } from './shown-host.ts';

interface PageViewDeps extends Pick<AuthorizationPaneDeps, 'connect' | 'downloads'> {
  readonly calls: CallBudget;
}

interface OpenView {
  readonly target: PaneTarget;
  readonly view: WebContentsView;
  readonly connection: PagesConnection;
}

/** The view that draws the pages of one target, their session and their connection, from the first page until the view is closed. */
export class PageView {
  readonly #deps: PageViewDeps;
  #open: OpenView | null = null;

  constructor(deps: PageViewDeps) {
    this.#deps = deps;
  }

  get view(): WebContentsView | null {
    return this.#open?.view ?? null;
  }

  get contents(): WebContents | undefined {
    return this.#open?.view.webContents;
  }

  get connection(): PagesConnection | null {
    return this.#open?.connection ?? null;
  }

  /** The address of the page. Empty if there is none. */
  get url(): string {
    return this.contents?.getURL() ?? '';
  }

  /** The address of the page, as far as it is one of the web. */
  get webAddress(): URL | null {
    return webAddress(this.url);
  }

  /** Is the page one of the Authorization server itself? */
  get isOwnPage(): boolean {
    const shown = this.webAddress;
    return shown !== null && this.#open !== null && isOwnServer(shown, this.#open.target.policy);
  }

  /** Makes a view for the pages of the target. Only one is open at a time: call {@link leave} first. */
  open(target: PaneTarget): WebContentsView {
    const view = new WebContentsView({ webPreferences: { session: this.sessionFor(target), ...pagePreferences } });
    this.#open = { target, view, connection: this.#deps.connect(view.webContents, target.policy) };
    return view;
  }

  sessionFor(target: PaneTarget): Session {
    return paneSession(target, this.#deps.calls, this.#deps.downloads);
  }

  /** Ends the connection of the pages, and lets go of the view. */
  leave(): void {
    const connection = this.connection;
    this.#open = null;
    void connection?.close();
  }
}
