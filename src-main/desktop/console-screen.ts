import { type BrowserWindow, nativeTheme, type Session, session as sessions } from 'electron';
import type { AboutView } from '../../src-shared/support/about-view.ts';
import type { AlertAction } from '../../src-shared/notifications/alert.ts';
import { type BackgroundView, emptyPane } from '../../src-shared/window/console-state.ts';
import { firstPaintMarkup } from '../../src-shared/window/first-paint.ts';
import { ipcEventChannel } from '../../src-shared/window/ipc-channels.ts';
import type { MenuChoice } from '../../src-shared/window/ipc-contract.ts';
import type { Place } from '../../src-shared/window/place.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { shown } from '../../src-shared/text/shown-text.ts';
import type { SupportContactState } from '../../src-shared/support/support-contact.ts';
import type { Theme } from '../../src-shared/window/theme.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { ProxySignIns } from '../keychain/proxy-sign-ins.ts';
import { ProxyQuestion } from './proxy-question.ts';
import { SignInQuestions } from './sign-in-questions.ts';
import { PlaceRequest } from './place-request.ts';
import type { BackgroundIntents } from '../ipc/settings-handlers.ts';
import type { Board } from '../board/board.ts';
import type { HistoryLog } from '../history/history-log.ts';
import { createConsoleHandlers } from '../ipc/console-handlers.ts';
import { ConsoleModel } from './console-model.ts';
import { NewClientSecret } from './new-client-secret.ts';
import { actOnClick } from './notification-click.ts';
import { registerHandlers } from '../ipc/register-handlers.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { NotificationService } from '../notifications/notification-service.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { Preflight } from '../preflight/preflight.ts';
import type { Browser } from '../ports/browser.ts';
import type { Clipboard } from '../ports/clipboard.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileExport } from '../ports/file-export.ts';
import type { LocalApiControl } from '../local-api/local-api-control.ts';
import type { Log } from '../ports/log.ts';
import type { NearbyLaptops } from '../ports/nearby-laptops.ts';
import type { OfferControl } from '../pairing/laptop/offer-control.ts';
import type { LaptopControl } from '../servers/helped-by-laptop.ts';
import type { TimeService } from '../ports/time-service.ts';
import type { Timer } from '../ports/timer.ts';
import type { Changes } from '../changes.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';
import { AuthorizationPane } from './authorization-pane/authorization-pane.ts';
import { PaneConnection } from './authorization-pane/pane-proxy/pane-connection.ts';
import { endSignIn } from './authorization-pane/pane-target.ts';
import { ServerInPane } from './server-in-pane.ts';
import { savedDownloads } from './authorization-pane/downloads/saved-downloads.ts';
import { consoleOrigin, serveConsole } from './window/console-scheme.ts';
import { answerMenu, type MenuActions, showInMenu } from './window/application-menu.ts';
import { type ContextRequest, showContextMenu } from './window/context-menu.ts';
import { openConsoleWindow } from './window/console-window.ts';
import { firstPage } from './window/first-page.ts';
import { pagePdf, printPage } from './window/page-on-paper.ts';
import { zoomPage } from './window/page-zoom.ts';

interface ConsoleScreenDeps {
  readonly servers: LicensedServers;
  readonly notices: ConsoleNotices;
  readonly changes: Changes;
  readonly profiles: ServerProfiles;
  readonly proxySignIns: ProxySignIns;
  readonly preflight: Preflight;
  readonly diagnostics: Diagnostics;
  readonly timeService: TimeService | null;
  readonly notifications: NotificationService;
  readonly offer: OfferControl;
  readonly nearbyLaptops: NearbyLaptops;
  readonly laptop: LaptopControl;
  readonly localApi: LocalApiControl;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  readonly clipboard: Clipboard;
  readonly browser: Browser;
  readonly board: Board;
  readonly history: HistoryLog;
  readonly fileExport: FileExport;
  /** What support asks for first. */
  readonly about: () => Promise<AboutView>;
  readonly openLogFolder: () => Promise<Result<null>>;
  readonly supportContact: () => SupportContactState;
  /** The trusted time, in ms. */
  readonly trustedNow: () => number;
  readonly paths: { readonly preload: string; readonly renderer: string };
  readonly presence: ScreenPresence;
}

/** What the screen asks the console and reports to it. */
export interface ScreenPresence extends BackgroundIntents {
  background(): BackgroundView;
  /** Called when the page has been painted, or will not be. */
  painted(): void;
  /** Called when the window gets the focus: the person may have changed the system's settings meanwhile. */
  lookedAt(): void;
  /** Is the application ending? The window then closes without a question. */
  ends(): boolean;
  /** Called when the person closes the window. Returns whether it may close now. */
  mayClose(): boolean;
  closed(): void;
}

const firstPaintTimeoutMs = 20_000;

/** The console's window with the Authorization pane. Sends snapshots of the state to the page and handles the page's calls. */
export class ConsoleScreen {
  readonly #deps: ConsoleScreenDeps;
  readonly #model: ConsoleModel;
  readonly #window: BrowserWindow;
  readonly #place: PlaceRequest;
  readonly #newClientSecret: NewClientSecret;
  readonly #signIns: SignInQuestions;
  readonly #proxyQuestion: ProxyQuestion;
  readonly #serverInPane: ServerInPane;
  #pane: AuthorizationPane | null = null;
  /** The last log line about the pane. */
  #paneLogged = '';
  /** Called when the first paint is on the screen, or will not come. Only the first call has an effect. */
  #painted: () => void = () => {};

  constructor(deps: ConsoleScreenDeps) {
    this.#deps = deps;
    deps.preflight.windowOpens();
    this.#newClientSecret = new NewClientSecret(deps.localApi, deps.changes.notify);
    this.#signIns = new SignInQuestions(deps.changes.notify);
    this.#proxyQuestion = new ProxyQuestion({
      questions: this.#signIns,
      signIns: deps.proxySignIns,
      changed: deps.changes.notify,
      onEntered: () => {
        deps.servers.shown?.connectionIsBack();
        deps.servers.online();
        if (this.#pane?.state().failure?.code === 'proxy_sign_in') this.#pane.reload();
      },
    });
    this.#serverInPane = new ServerInPane({
      ...deps,
      pane: () => this.#pane,
      signOut: () => void (this.#pane?.signOut() ?? endSignIn()),
    });
    const read = () => ({
      ...deps.servers.state(
        this.#pane?.state() ?? { ...emptyPane, ...deps.profiles.pane, open: this.#serverInPane.opensPane },
        deps.presence.background(),
      ),
      alerts: deps.notifications.alerts(),
      theme: deps.profiles.theme,
      notificationSettings: deps.notifications.settings(),
      localApiRevision: deps.localApi.revision,
      newClientSecret: this.#newClientSecret.view(),
      signInQuestion: this.#signIns.view(),
      proxySignIn: this.#proxyQuestion.view(),
      preflight: deps.preflight.view(deps.servers.shown),
      offer: deps.offer.view(),
      laptop: deps.laptop.view(),
      paneHelps: this.#serverInPane.helps,
      diagnostics: deps.diagnostics.view(),
    });
    this.#model = new ConsoleModel({ clock: deps.clock, changes: deps.changes, read });
    // Before the window is made, so that its first paint has these colors.
    applyTheme(deps.profiles.theme);
    this.#window = this.#openWindow(sessions.fromPartition('console', { cache: true }));
    this.#place = new PlaceRequest((asked) => this.#window.webContents.send(ipcEventChannel('place.asked'), asked));
    this.#pane = this.#makePane();
    this.#answerCalls(this.#pane);
    const { webContents } = this.#window;
    webContents.on('context-menu', (_event, params) =>
      this.#showMenu({ contents: webContents, params, origin: { x: 0, y: 0 } }),
    );
    webContents.on('input-event', (_event, { type }) => type === 'mouseDown' && this.#pane?.personIsElsewhere());
    webContents.on('before-input-event', (_event, { type }) => type === 'keyDown' && this.#pane?.personIsElsewhere());
    answerMenu(this.#window, this.#menuActions(this.#pane));
    this.#listen();
  }

  close(): void {
    this.#window.close();
  }

  /** Brings the window to the front. */
  show(): void {
    if (this.#window.isDestroyed()) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Handles a click on a notification. */
  act(profileId: string, action: AlertAction): void {
    const { servers } = this.#deps;
    actOnClick(profileId, action, {
      ask: (place) => this.#place.ask({ place, by: 'notification' }),
      showServer: (id, place) => this.showServer(id, place),
      openPane: () => this.#pane?.show(true),
      checkLicense: () => void servers.shown?.checker.run(),
      unlockKeychain: () => void servers.shown?.unlockKeychain(),
    });
  }

  /** Shows a server, and the place on the page where its matter is handled. Failures: as {@link LicensedServers.chooseProfile}. */
  showServer(profileId: string, place: Place): Result<null> {
    const { profiles, servers } = this.#deps;
    this.#serverInPane.leaveOffer();
    const chosen = profiles.current?.id === profileId ? succeed(null) : servers.chooseProfile(profileId);
    if (chosen.ok) this.#place.ask({ place, by: 'notification' });
    return chosen;
  }

  #openWindow(session: Session): BrowserWindow {
    const { profiles, paths, log } = this.#deps;
    serveConsole(session, paths.renderer, (document) => {
      try {
        return firstPage(document, this.#model.snapshot(), firstPaintMarkup);
      } catch (thrown) {
        // The page's script then requests the snapshot itself, and reports if there is none.
        log.error('window', 'page_failed', thrown, { part: 'window' });
        return document;
      }
    });
    return openConsoleWindow({
      session,
      preload: paths.preload,
      kept: profiles.window,
      zoom: { percent: () => profiles.pageZoomPercent, save: (percent) => profiles.savePageZoom(percent) },
      onMoved: (settings) => profiles.saveWindow(settings),
    });
  }

  #makePane(): AuthorizationPane {
    const { profiles } = this.#deps;
    const { webContents } = this.#window;
    return new AuthorizationPane({
      window: this.#window,
      consoleProcess: () => webContents.getOSProcessId(),
      connect: (pages, policy) => new PaneConnection(pages, policy, this.#deps.proxySignIns),
      timer: this.#deps.timer,
      habits: () => profiles.pane,
      awaitedCode: () => this.#serverInPane.awaitedCode(),
      saveZoom: (zoomPercent) => profiles.savePane({ zoomPercent }),
      onLeave: (backwards) => {
        webContents.focus();
        webContents.send(ipcEventChannel('focus.returned'), { backwards });
      },
      returnKeyboard: () => webContents.focus(),
      onFind: () => this.#choose('find'),
      onMenu: (request) => this.#showMenu(request),
      askSignIn: (subject, gone) => this.#signIns.ask(subject, gone),
      askCertificate: (subject, gone) => this.#signIns.askCertificate(subject, gone),
      downloads: savedDownloads({
        ...this.#deps,
        onEnded: (outcome) =>
          webContents.isDestroyed() || webContents.send(ipcEventChannel('download.ended'), shown(outcome)),
      }),
      onChanged: () => {
        this.#logPane();
        this.#deps.changes.notify();
      },
    });
  }

  #choose(choice: MenuChoice): void {
    const { webContents } = this.#window;
    // A person types the search text in the console, even if the embedded page has the keyboard focus.
    if (choice === 'find') webContents.focus();
    webContents.send(ipcEventChannel('menu.chosen'), choice);
  }

  #menuActions(pane: AuthorizationPane): MenuActions {
    const { webContents } = this.#window;
    return {
      go: (page) => this.#place.ask({ place: { page }, by: 'menu' }),
      choose: (choice) => this.#choose(choice),
      // A page that is not on the screen stays as it is, with the device that is chosen there.
      back: () => pane.isSeen && pane.back(),
      reload: () => {
        const isOfPane = pane.hasKeyboard || !this.#deps.servers.shown?.license.view();
        if (!isOfPane) this.#choose('check_license');
        else if (pane.isSeen) pane.reload();
      },
      zoom: (change) => (pane.hasKeyboard ? pane.zoom(change) : zoomPage(webContents, change)),
    };
  }

  #showMenu(request: ContextRequest): void {
    const { servers, clipboard } = this.#deps;
    showContextMenu(this.#window, request, {
      userCode: () => servers.shown?.acquisition.userCode,
      copy: (text) => void clipboard.write(text),
      back: () => this.#pane?.back(),
      reload: () => this.#pane?.reload(),
    });
  }

  /** The pane reports at most every 250 ms, so a page that floods it does not flood the log. */
  #logPane(): void {
    const { open, origin, failure, popUp } = this.#pane?.state() ?? emptyPane;
    const shown = `${open} ${origin} ${failure?.code} ${popUp}`;
    if (shown === this.#paneLogged || (!open && this.#paneLogged === '')) return;
    this.#paneLogged = shown;
    this.#deps.log[failure ? 'warn' : 'info']('pane', open ? 'shows' : 'closed', {
      origin: origin || undefined,
      code: failure?.code,
      error: failure?.facts?.['net_error'],
      popUp: popUp || undefined,
    });
  }

  #answerCalls(pane: AuthorizationPane): void {
    const { profiles, changes, clipboard, browser, log } = this.#deps;
    const { webContents } = this.#window;
    const handlers = createConsoleHandlers({
      ...this.#deps,
      state: () => this.#model.snapshot(),
      onListening: () => {
        this.#place.pageListens();
        this.#painted();
      },
      profile: () => profiles.current,
      pane,
      pageZoom: () => webContents.getZoomFactor(),
      copy: (text) => clipboard.write(text),
      print: () => printPage(webContents, log),
      pdf: () => pagePdf(webContents, log),
      openInBrowser: (url) => browser.open(url, this.#serverInPane.browserHosts()),
      openContact: (address) => browser.openContact(address),
      openMail: (draft) => browser.openMail(draft),
      background: this.#deps.presence,
      changed: changes.notify,
      authorizeInPane: (pairingId, link) => this.#serverInPane.openFor(pairingId, link),
      leaveOfferPane: (pairingId) => this.#serverInPane.leaveOffer(pairingId),
      newClientSecret: this.#newClientSecret,
      signIns: this.#signIns,
      proxyQuestion: this.#proxyQuestion,
      showServer: (profileId, place) => this.showServer(profileId, place),
      applyTheme,
      reloadPage: () => webContents.reload(),
    });
    registerHandlers(webContents, consoleOrigin, handlers, {
      shownProfileId: () => profiles.current?.id ?? null,
      log,
      changes,
    });
  }

  #listen(): void {
    const { servers, profiles, presence } = this.#deps;
    const { webContents } = this.#window;
    this.#model.listener = (state) => {
      if (webContents.isDestroyed()) return;
      webContents.send(ipcEventChannel('console.changed'), state);
      showInMenu({
        firstRun: state.profile === null,
        canGoBack: state.pane.open && state.pane.canGoBack,
        licensed: state.license !== null,
      });
    };
    this.#painted = () => {
      this.#painted = () => {};
      cancelTimer();
      presence.painted();
      this.#serverInPane.showProfile(profiles.current);
      // The first step is on the page in the pane.
      if (this.#serverInPane.opensPane) this.#pane?.focus();
    };
    // `ready-to-show` is too early: it comes before the frame is on the screen, and work in main would then delay the frame. The
    // page's script starts to listen only after the frame. A page that is never painted must not keep licenses from refreshing.
    const cancelTimer = this.#deps.timer.schedule(firstPaintTimeoutMs, () => this.#painted());
    servers.window = this.#serverInPane;
    this.#window.on('focus', () => {
      servers.lookedAt();
      presence.lookedAt();
    });
    this.#window.on('close', (event) => {
      if (presence.ends()) return;
      const mayDiscard = this.#newClientSecret.mayDiscard();
      if (mayDiscard && presence.mayClose()) return;
      event.preventDefault();
      // The person may close a hidden window from the taskbar. Show it, so that the reason why it stays open can be seen.
      if (!mayDiscard) this.show();
    });
    this.#window.on('closed', () => {
      this.#painted = () => {};
      cancelTimer();
      servers.window = null;
      this.#model.close();
      this.#proxyQuestion.close();
      this.#deps.diagnostics.end();
      this.#pane?.aim(null);
      this.#pane = null;
      this.#serverInPane.close();
      presence.closed();
    });
  }
}

/** The pane's pages follow, through the color scheme of the system. */
function applyTheme(theme: Theme): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
}
