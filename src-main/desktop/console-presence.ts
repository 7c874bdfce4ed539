import type { AlertAction, AlertView } from '../../src-shared/notifications/alert.ts';
import type { BackgroundView, CloseQuestion } from '../../src-shared/window/console-state.ts';
import { untilNextChangeMs } from '../../src-shared/window/console-standing.ts';
import { succeed } from '../../src-shared/result.ts';
import { trayView } from '../../src-shared/window/tray-view.ts';
import type { Changes } from '../changes.ts';
import type { KeepRunning } from './keep-running.ts';
import type { ConsoleScreen, ScreenPresence } from './console-screen.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { StandingWatch } from '../history/standing-watch.ts';
import type { OfferControl } from '../pairing/laptop/offer-control.ts';
import type { Timer } from '../ports/timer.ts';
import type { TrayIcon } from '../ports/tray-icon.ts';

interface ConsolePresenceDeps {
  readonly servers: LicensedServers;
  readonly offer: Pick<OfferControl, 'view' | 'end'>;
  /** Called after the first paint, or when there will be none. */
  readonly onBegin: () => void;
  /** Called once: when the start has done everything that needs no person, or after {@link startTimeoutMs}. */
  readonly onBegun: () => void;
  readonly timer: Timer;
  readonly keepRunning: KeepRunning;
  readonly tray: TrayIcon;
  /** The alerts for people, most urgent first. */
  readonly alerts: () => readonly AlertView[];
  readonly changes: Changes;
  /** Gets the state of all servers at each signal of a change. */
  readonly watch: Pick<StandingWatch, 'look'>;
  readonly openScreen: (presence: ScreenPresence) => ConsoleScreen;
  readonly quit: () => void;
}

/** A keychain that does not answer delays the start of one server by minutes. People need to know what the others need. */
const startTimeoutMs = 3 * 60_000;
/** How long after a date passes the license is evaluated again. */
const justAfterMs = 1_000;

/** The console on the desktop: its window while that is open, its tray icon, and what closing the window does. */
export class ConsolePresence {
  readonly #deps: ConsolePresenceDeps;
  #screen: ConsoleScreen | null = null;
  #begun = false;
  #asking: CloseQuestion | false = false;
  /** It runs without a window only for the servers that it helps. */
  #onlyHelps = false;
  #quitting = false;

  constructor(deps: ConsolePresenceDeps) {
    this.#deps = deps;
  }

  /** Opens the window, or brings it to the front. */
  show(): void {
    if (this.#quitting) return;
    this.#onlyHelps = false;
    if (this.#screen) this.#screen.show();
    else this.#screen = this.#deps.openScreen(this.#presence());
  }

  /** Handles a click on a notification or in the tray's menu: shows the window and does the notification's action. */
  act(profileId: string, action: AlertAction): void {
    this.show();
    this.#screen?.act(profileId, action);
  }

  /** Starts refreshing licenses. Must not be called before the first paint, which it would delay. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const { servers, changes, onBegin, onBegun, timer, keepRunning, tray } = this.#deps;
    onBegin();
    changes.subscribe(() => this.#look());
    changes.begin();
    const begun = once(onBegun);
    const cancel = timer.schedule(startTimeoutMs, begun);
    // Notifications may appear from now on, even if the start failed.
    void servers.begin().finally(() => {
      cancel();
      begun();
    });
    keepRunning.readLoginItem();
    const actions = {
      open: () => this.show(),
      check: (profileId: string) => this.act(profileId, 'check_license'),
      endHelp: () => this.#deps.offer.end(),
      quit: () => this.#deps.quit(),
    };
    tray.show(actions, (seen) => {
      keepRunning.tray = seen ? 'shown' : 'unsure';
      changes.notify();
    });
  }

  background(): BackgroundView {
    return this.#deps.keepRunning.view(this.#asking);
  }

  /** Call when the application ends: the window may then close without a question. */
  beforeQuit(): void {
    this.#quitting = true;
    this.#deps.changes.stop();
  }

  #look(): void {
    const { servers, changes, watch, tray, alerts, offer } = this.#deps;
    const standing = servers.standing();
    changes.tickWithin(untilNextChangeMs(standing) + justAfterMs);
    watch.look(standing);
    tray.update(trayView(standing, alerts(), offer.view()));
    this.#lookAtHelp();
  }

  /** The help may end on its own, at its time or after wrong codes. */
  #lookAtHelp(): void {
    if (this.#quitting || this.#helps) return;
    if (this.#asking === 'end_help') {
      this.#asking = false;
      this.#deps.changes.notify();
    }
    if (!this.#onlyHelps) return;
    this.#onlyHelps = false;
    if (this.#whenClosed === 'quit') this.#deps.quit();
  }

  #presence(): ScreenPresence {
    const { keepRunning, servers, changes, offer } = this.#deps;
    const done = succeed(null);
    return {
      background: () => this.background(),
      painted: () => this.begin(),
      lookedAt: () => {
        // Before the first paint this would delay the paint.
        if (this.#begun && keepRunning.readLoginItem()) changes.notify();
      },
      ends: () => this.#quitting,
      mayClose: () => this.#mayClose(),
      closed: () => this.#closed(),
      answer: (on) => {
        const kept = keepRunning.setKeepsRunning(on);
        servers.noteSetting('keepRunning');
        this.#screen?.close();
        if (!on) this.#deps.quit();
        return kept;
      },
      answerHelp: (keepHelping) => {
        if (!keepHelping) {
          offer.end();
          this.#asking = false;
        }
        this.#screen?.close();
        return done;
      },
      stayOpen: () => {
        this.#asking = false;
        changes.notify();
        return done;
      },
      keepRunning: (on) => {
        const kept = keepRunning.setKeepsRunning(on);
        if (kept.ok) servers.noteSetting('keepRunning');
        changes.notify();
        return kept;
      },
      startAtLogin: (on) => {
        const set = keepRunning.setStartsAtLogin(on);
        if (set.ok) servers.noteSetting('startAtLogin');
        changes.notify();
        return set;
      },
    };
  }

  /** A person who closes the window a second time does not want to answer. The console then keeps running, which loses nothing. */
  #mayClose(): boolean {
    const asks = this.#whenClosed;
    if (this.#asking || asks === 'quit' || asks === 'stay') return true;
    this.#asking = asks;
    this.#deps.changes.notify();
    return false;
  }

  #closed(): void {
    this.#screen = null;
    this.#asking = false;
    if (this.#quitting) return;
    if (this.#whenClosed === 'quit') return this.#deps.quit();
    this.#onlyHelps = this.#helps;
    // The window may have closed before its first paint. Do not wait for another window to begin.
    this.begin();
  }

  get #whenClosed() {
    const { keepRunning, servers } = this.#deps;
    return keepRunning.whenClosed({ hasWork: servers.hasWork, helps: this.#helps });
  }

  /** Is an offer to help open? A server may connect at any moment. */
  get #helps(): boolean {
    return this.#deps.offer.view()?.state === 'open';
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
