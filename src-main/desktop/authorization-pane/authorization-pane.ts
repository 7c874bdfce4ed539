import type { Rectangle, WebContents } from 'electron';
import type { PaneView } from '../../../src-shared/window/console-state.ts';
import { type Failure, failure } from '../../../src-shared/result.ts';
import type { AuthorizationPaneDeps } from './pane-deps.ts';
import { CodePage } from './reading/code-page.ts';
import { evaluateNavigation, isOwnServer } from './limits/navigation-policy.ts';
import { endProcessOf } from './limits/page-events.ts';
import { followPage } from './reading/page-following.ts';
import { CallBudget, PageGate } from './limits/page-gate.ts';
import { type FindKey, PageFind } from './page-find.ts';
import { PageGuard } from './limits/page-guard.ts';
import { leaveTimeoutMs, PageHealth } from './limits/page-health.ts';
import { handleInput } from './page-input.ts';
import { PagePlace } from './page-place.ts';
import { PageView } from './page-view.ts';
import { isUntouched, pageUse } from './reading/page-questions.ts';
import { PageKey } from './sign-in/page-key.ts';
import { PageSignIns } from './sign-in/page-sign-ins.ts';
import { PaneFailure } from './pane-failure.ts';
import { PaneLoad } from './pane-load.ts';
import {
  endSignIn,
  forgetCertificateAnswers,
  keepSignInAt,
  type PaneTarget,
  samePlace,
  startsAt,
} from './pane-target.ts';
import { cutLeft, hostIn } from './shown-host.ts';
import { SignInPopUp } from './sign-in/sign-in-pop-up.ts';
import { nextZoom, type ZoomChange } from '../window/zoom-steps.ts';

/**
 * The Authorization server's pages, next to the steps. The view has its own session, no preload and no bridge. The address
 * shown is read from the view, so no page can fake it.
 */
export class AuthorizationPane {
  readonly #deps: AuthorizationPaneDeps;
  #target: PaneTarget | null = null;
  #open = false;
  readonly #failure = new PaneFailure();
  /** Set if the page must not be shown again: the address to open instead, or null for the start page. */
  #instead: (() => string | null) | null = null;
  readonly #page: PageView;
  readonly #load: PaneLoad;
  readonly #gate: PageGate;
  readonly #calls: CallBudget;
  readonly #guard: PageGuard;
  readonly #popUp: SignInPopUp;
  readonly #health: PageHealth;
  readonly #place: PagePlace;
  readonly #codePage: CodePage;
  readonly #find: PageFind;
  readonly #signIns: PageSignIns;
  readonly #key: PageKey;
  /** The parts that follow the pages of a view, apart from the sign-ins. */
  readonly #followers: readonly { watch(contents: WebContents): void; leave(): void }[];

  constructor(deps: AuthorizationPaneDeps) {
    this.#deps = deps;
    this.#gate = new PageGate({
      timer: deps.timer,
      read: () => JSON.stringify(this.state()),
      update: () => deps.onChanged(),
    });
    this.#place = new PagePlace({
      window: deps.window,
      isOpen: () => this.#open,
      returnKeyboard: deps.returnKeyboard,
      onHidden: () => (this.#open && this.#failure.reason ? deps.onLeave(false) : deps.returnKeyboard()),
    });
    this.#codePage = new CodePage({
      contents: () => this.#page.contents,
      isOwnPage: () => this.#page.isOwnPage,
      awaitedCode: deps.awaitedCode,
      onChanged: () => this.#gate.pageChanged(),
    });
    this.#find = new PageFind(() => this.#gate.pageChanged());
    this.#key = new PageKey(() => this.#gate.pageChanged());
    this.#followers = [this.#codePage, this.#find, deps.downloads, this.#key];
    this.#signIns = new PageSignIns({
      ask: deps.askSignIn,
      askCertificate: deps.askCertificate,
      onAsked: () => this.#load.wait(),
      onAnswered: () => this.#load.goOn(),
    });
    this.#calls = new CallBudget(deps.timer, () => {
      const { view } = this.#page;
      if (view) endProcessOf(view.webContents);
      this.#popUp.endProcess();
      // Electron still needs the page to answer the call that exceeded the budget, so the page is closed afterwards.
      deps.timer.schedule(0, () => this.#page.view === view && this.#endPage('page_floods'));
    });
    this.#page = new PageView({ ...deps, calls: this.#calls });
    const guarded = {
      timer: deps.timer,
      calls: this.#calls,
      policy: () => this.#target?.policy,
      onRefused: (address: string) => this.#refuse(address),
    };
    this.#guard = new PageGuard({ ...guarded, onPopUp: (asked, opener) => this.#popUp.answer(asked, opener) });
    this.#popUp = new SignInPopUp({
      ...deps,
      ...guarded,
      place: () => this.#place.bounds,
      connection: () => this.#page.connection,
      onInPane: (address) => this.#go(address),
      onFailed: (reason) => this.#fail(reason),
      onZoom: (change) => this.zoom(change),
      // A new window makes the main process grow, which is not the fault of the page.
      onOpened: () => this.#health.pageCame(),
      onChanged: () => this.#gate.pageChanged(),
      onClosed: (hadKeyboard) => {
        this.#gate.pageChanged();
        if (hadKeyboard) this.#place.comeBack();
      },
    });
    this.#health = new PageHealth({
      timer: deps.timer,
      ask: () => this.#readPage(),
      use: () => pageUse(deps.consoleProcess()),
      onHang: () => this.#open && !this.#failure.reason && this.#fail(failure('page_hangs')),
      onAnswer: () => {
        if (!this.#failure.is('page_hangs')) return;
        this.#failure.clear();
        this.#gate.pageChanged();
      },
      onTooLarge: () => this.#endPage('page_too_large'),
      onBusy: () => this.#endPage('page_floods'),
    });
    this.#load = new PaneLoad(deps.timer, (reason) => {
      this.#page.contents?.stop();
      this.#fail(reason, true);
    });
  }

  state(): PaneView {
    const { contents, webAddress: web, isOwnPage } = this.#page;
    const { splitPercent, zoomPercent, signOutWhenFinished } = this.#deps.habits();
    return {
      open: this.#open,
      loading: contents?.isLoadingMainFrame() ?? false,
      origin: cutLeft(web?.origin ?? ''),
      transport: web === null ? 'none' : web.protocol === 'https:' ? 'secure' : 'loopback',
      isAuthorizationServer: isOwnPage,
      canGoBack: this.#hidesPage || (contents?.navigationHistory.canGoBack() ?? false),
      zoomPercent,
      splitPercent,
      failure: this.#failure.reason,
      startFailed: this.#failure.isOfStart,
      hidesPage: this.#hidesPage,
      signOutWhenFinished,
      popUp: this.#popUp.isOpen,
      wantsKey: this.#key.wants,
      page: this.#codePage.view(web),
      found: this.#find.found,
    };
  }

  #readPage(): Promise<void> {
    const { contents } = this.#page;
    if (contents) void this.#key.look(contents);
    return this.#codePage.read();
  }

  /**
   * Opens the page for the new User Code, unless the person would lose something that they began on the shown page, and fills in the code.
   * The page gets the keyboard focus.
   */
  enterCode(codePage: string): void {
    const { failure, origin, isAuthorizationServer, page } = this.state();
    const { policy } = this.#target ?? {};
    const isOwn = policy !== undefined && URL.canParse(codePage) && isOwnServer(new URL(codePage), policy);
    const mayLeave = isOwn && !failure && !page.used && (origin === '' || isAuthorizationServer);
    this.show(true);
    this.focus();
    const { contents } = this.#page;
    if (!contents) return;
    const leaves = mayLeave && (origin === '' || isUntouched(contents));
    void Promise.resolve(leaves).then(async (isFree) => {
      if (this.#page.contents !== contents) return;
      if (isFree) this.load(codePage);
      else await this.#codePage.enter();
    });
  }

  /** Follows a switch of the profile or changed settings. Closes the old view and its pages, unless both targets are the same. */
  aim(target: PaneTarget | null): void {
    if (this.#target && target && samePlace(this.#target, target)) return;
    this.#closeView();
    this.#target = target;
    if (target) keepSignInAt(target);
    if (target && this.#open) this.home();
  }

  show(open: boolean): void {
    this.#open = open && this.#target !== null;
    if (!this.#open) {
      this.#find.stop();
      this.#popUp.close();
      this.#deps.downloads.stop();
    }
    if (this.#open && !this.#page.view) this.home();
    else if (this.#open && this.#instead) this.load(this.#instead() ?? this.#target?.startAddress ?? '');
    this.#whenHanging(() => {
      this.#closeView();
      if (this.#open) this.home();
    });
    this.#place.apply();
    this.#gate.personChanged();
  }

  /** Closes the pane after a license has arrived. Its page confirms the authorization, so it is not shown again. */
  finish(instead: () => string | null): void {
    this.show(false);
    this.#instead = instead;
  }

  /** The page's rectangle, in device-independent pixels of the window. */
  place(bounds: Rectangle, visible: boolean): void {
    this.#place.move(bounds, visible);
  }

  get isSeen(): boolean {
    return this.#place.isSeen;
  }

  home(): void {
    if (this.#target) this.load(this.#target.startAddress);
  }

  load(address: string): void {
    this.#instead = null;
    this.#personOpens();
    this.#go(address);
  }

  #personOpens(): void {
    this.#calls.reset();
    this.#signIns.personOpens();
    this.#popUp.close();
    // The load that the previous page caused does not count against the page that a person opens.
    if (this.#page.view) this.#health.watch();
  }

  #go(address: string): void {
    const target = this.#target;
    if (!target) return;
    if (!evaluateNavigation(address, target.policy).allowed) return this.#refuse(address);
    this.#failure.clear();
    this.#whenHanging(() => this.#openInNewView(address));
    const contents = this.#ensureView(target);
    void this.#page.connection?.ready().then((reason) => {
      if (this.#page.contents !== contents) return;
      if (reason) return this.#fail(reason, true);
      // A failed load also raises `did-fail-load`, which handles the failure.
      contents.loadURL(address).catch(() => {});
    });
  }

  /** A page that hangs cannot be navigated, so its view is closed and a new one opens the address. */
  #openInNewView(address: string): void {
    this.#closeView();
    this.load(address);
    this.#gate.personChanged();
  }

  /** Asks the page once whether it still answers, and calls `then` if it does not. Callers do not wait for the answer. */
  #whenHanging(then: () => void): void {
    const { view, url } = this.#page;
    if (url === '') return;
    void this.#health.answersWithin(leaveTimeoutMs).then((answers) => {
      if (!answers && this.#page.view === view) then();
    });
  }

  /** Goes back one page. If a notice hides the page, shows that page again instead. */
  back(): void {
    this.#popUp.close();
    if (!this.#hidesPage) {
      this.#whenHanging(() => this.#target && this.#openInNewView(this.#target.startAddress));
      this.#page.contents?.navigationHistory.goBack();
    }
    this.#failure.clear();
    this.#gate.personChanged();
  }

  get #hidesPage(): boolean {
    return this.#failure.hidesPage(this.#page.url !== '');
  }

  reload(): void {
    const { contents, url: address } = this.#page;
    const again = this.#failure.isOfStart;
    const wantsCertificate = this.#failure.is('client_certificate_needed');
    this.#failure.clear();
    this.#personOpens();
    // After redirects, the page of the start address may have another address.
    if (wantsCertificate) void this.#askForCertificateAgain(again ? '' : address);
    else if (again || !contents || !address) this.home();
    else {
      this.#whenHanging(() => this.#openInNewView(address));
      contents.reload();
    }
    this.#gate.personChanged();
  }

  async #askForCertificateAgain(address: string): Promise<void> {
    const target = this.#target;
    this.#closeView();
    if (!target) return;
    await forgetCertificateAnswers(() => this.#page.sessionFor(target));
    if (this.#target === target && !this.#page.view) this.load(address || target.startAddress);
    this.#gate.personChanged();
  }

  zoom(change: ZoomChange): void {
    const next = nextZoom(this.#deps.habits().zoomPercent, change);
    this.#deps.saveZoom(next);
    this.#page.contents?.setZoomFactor(next / 100);
    this.#popUp.zoom(next);
    this.#gate.personChanged();
  }

  /** Marks a text on the page that is on the screen, and goes to its next place. An empty text ends that. */
  find(text: string, backwards: boolean): void {
    if (this.isSeen && !this.#failure.reason) this.#find.find(text, backwards);
  }

  stopFinding(): void {
    this.#find.stop();
  }

  #findByKey(key: FindKey): boolean {
    if (key === 'open') this.#deps.onFind();
    else if (this.#find.isActive) this.#find.again(key === 'previous');
    else return false;
    return true;
  }

  /** Moves the keyboard focus to the page, or to its pop-up while one is open. */
  focus(): void {
    if (this.#popUp.isOpen) this.#popUp.focus();
    else this.#place.focus();
  }

  /** A person uses the console. A page that is still loading does not take the keyboard focus from it. */
  personIsElsewhere(): void {
    this.#place.personIsElsewhere();
  }

  get hasKeyboard(): boolean {
    return this.#place.hasKeyboard;
  }

  /**
   * The address for the person's own browser: that of the current page. If that page is on another site, or is a sign-in that the browser
   * has to begin itself: the page for the open User Code, or else the start address.
   */
  get browserAddress(): string {
    if (this.#page.isOwnPage && !this.#key.wants) return this.#page.url;
    return this.#deps.awaitedCode()?.addressWithCode ?? this.#target?.startAddress ?? '';
  }

  /** Closes the page, ends its connections, then clears what it stored. The next person has to sign in. */
  async signOut(): Promise<void> {
    this.#closeView();
    await endSignIn();
    if (this.#open) this.home();
    this.#gate.personChanged();
  }

  #ensureView(target: PaneTarget): WebContents {
    if (this.#page.view) return this.#page.view.webContents;
    const view = this.#page.open(target);
    const contents = view.webContents;
    this.#place.hold(view);
    this.#guard.watch(contents);
    this.#watch(contents);
    for (const follower of this.#followers) follower.watch(contents);
    this.#signIns.watch(contents, target.integratedHosts);
    this.#health.watch();
    return contents;
  }

  #watch(contents: WebContents): void {
    followPage(contents, {
      load: this.#load,
      onChanged: () => this.#gate.pageChanged(),
      isStart: (address) => this.#isStart(address),
      // A page that is gone by then answers nothing.
      onReady: () => void this.#readPage().catch(() => {}),
      policy: () => this.#target?.policy,
      onStray: () => this.#go(this.#target?.startAddress ?? ''),
      onCame: () => {
        this.#health.pageCame();
        this.#codePage.pageCame();
        this.#failure.clear();
        contents.setZoomFactor(this.#deps.habits().zoomPercent / 100);
      },
      hasFailed: () => this.#failure.reason !== null,
      errorOf: (address) => this.#page.connection?.errorOf(address),
      explain: (reason, address, isEmpty) => this.#signIns.explain(reason, address, isEmpty),
      onFailed: (reason) => this.#fail(reason, this.#load.isStart),
      // The process of a page that was closed ends too, and the reason for closing it stays.
      onEnded: (reason) => this.#page.contents === contents && this.#fail(reason),
    });
    handleInput(contents, {
      onLeave: (backwards) => {
        this.#place.left();
        this.#deps.onLeave(backwards);
      },
      onZoom: (change) => this.zoom(change),
      onFind: (key) => this.#findByKey(key),
      onMenu: (params) =>
        this.#deps.onMenu({
          contents,
          params,
          origin: this.#place.bounds,
          pane: { canGoBack: this.state().canGoBack },
        }),
    });
  }

  #isStart(address: string): boolean {
    return this.#target !== null && startsAt(this.#target, address);
  }

  #refuse(address: string): void {
    const facts = { host: hostIn(address) || address.slice(0, 100) };
    this.#fail(failure('address_not_allowed', { facts }), this.#isStart(address) || this.#load.seeksStart);
  }

  #fail(reason: Failure, atStart = false): void {
    this.#failure.note(reason, atStart);
    if (!this.#place.takeRequest()) return this.#gate.pageChanged();
    this.#gate.personChanged();
    // Deferred until the notice of the failure is shown. The notice then gets the keyboard focus requested for the page.
    queueMicrotask(() => this.#deps.onLeave(false));
  }

  #endPage(why: 'page_too_large' | 'page_floods'): void {
    this.#closeView();
    this.#fail(failure(why));
  }

  #closeView(): void {
    this.#popUp.close();
    this.#page.leave();
    this.#failure.clear();
    this.#instead = null;
    this.#load.end();
    this.#health.stop();
    this.#guard.forgetGesture();
    for (const follower of this.#followers) follower.leave();
    this.#signIns.leave();
    this.#calls.reset();
    this.#place.close();
  }
}
