import type { AlertAction, AlertView } from '../../src-shared/alert.ts';
import type { BackgroundView } from '../../src-shared/console-state.ts';
import { untilNextChangeMs } from '../../src-shared/console-standing.ts';
import { succeed } from '../../src-shared/result.ts';
import { trayView } from '../../src-shared/tray-view.ts';
import type { KeepRunning } from './keep-running.ts';
import type { ConsoleScreen, ScreenPresence } from './console-screen.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { StandingWatch } from '../history/standing-watch.ts';
import type { Timer } from '../ports/timer.ts';
import type { TrayIcon } from '../ports/tray-icon.ts';

export interface ConsolePresenceDeps {
  readonly servers: LicensedServers;
  /** Called after the first paint, or when there will be none. */
  readonly onBegin: () => void;
  /** Called when the start has done everything that it can settle by itself. */
  readonly onBegun: () => void;
  readonly keepRunning: KeepRunning;
  readonly tray: TrayIcon;
  /** What people should be told, most urgent first. */
  readonly alerts: () => readonly AlertView[];
  readonly timer: Timer;
  /** Gets the state of all servers after each change, and once a minute. */
  readonly watch: Pick<StandingWatch, 'look'>;
  readonly openScreen: (presence: ScreenPresence) => ConsoleScreen;
  readonly quit: () => void;
}

/** How often the license is judged again, also without a window. A date that passes earlier is judged earlier. */
const judgeAgainMs = 60_000;
/** How long after a date passes the license is judged again. */
const justAfterMs = 1_000;

/** The console on the desktop: its window while that is open, its tray icon, and what closing the window does. */
export class ConsolePresence {
  readonly #deps: ConsolePresenceDeps;
  #screen: ConsoleScreen | null = null;
  #begun = false;
  #asking = false;
  #quitting = false;
  #looks = false;
  #cancelTimer: () => void = () => {};

  constructor(deps: ConsolePresenceDeps) {
    this.#deps = deps;
  }

  get screen(): ConsoleScreen | null {
    return this.#screen;
  }

  /** Opens the window, or brings it to the front. */
  show(): void {
    if (this.#quitting) return;
    if (this.#screen) this.#screen.show();
    else this.#screen = this.#deps.openScreen(this.#presence());
  }

  /** Handles a click on a notification: shows the window and does the notification's action. */
  act(profileId: string, action: AlertAction): void {
    this.show();
    this.#screen?.act(profileId, action);
  }

  /** Starts refreshing licenses. Must not be called before the first paint, which it would delay. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const { servers, onBegin, onBegun, keepRunning, tray } = this.#deps;
    onBegin();
    this.#judgeAgain();
    // People are told from now on, even if the start failed.
    void servers.begin().finally(() => onBegun());
    keepRunning.readLoginItem();
    void tray.show({ open: () => this.show(), quit: () => this.#deps.quit() }).then((seen) => {
      keepRunning.tray = seen ? 'shown' : 'unsure';
      this.changed();
    });
  }

  /** Call after each change. Changes in the same turn of the event loop are evaluated once. */
  changed(): void {
    this.#screen?.changed();
    if (!this.#begun || this.#looks) return;
    this.#looks = true;
    queueMicrotask(() => {
      this.#looks = false;
      const standing = this.#deps.servers.standing();
      this.#judgeAgain(untilNextChangeMs(standing) + justAfterMs);
      this.#deps.watch.look(standing);
      this.#deps.tray.update(trayView(standing, this.#deps.alerts()));
    });
  }

  background(): BackgroundView {
    return this.#deps.keepRunning.view(this.#asking);
  }

  /** Call when the application ends: the window may then close without a question. */
  beforeQuit(): void {
    this.#quitting = true;
    this.#cancelTimer();
  }

  #judgeAgain(changesInMs = judgeAgainMs): void {
    if (this.#quitting) return;
    this.#cancelTimer();
    this.#cancelTimer = this.#deps.timer.schedule(Math.min(judgeAgainMs, changesInMs), () => {
      this.#judgeAgain();
      this.changed();
    });
  }

  #presence(): ScreenPresence {
    const { keepRunning, servers } = this.#deps;
    const done = succeed(null);
    return {
      background: () => this.background(),
      painted: () => this.begin(),
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
      stayOpen: () => {
        this.#asking = false;
        this.changed();
        return done;
      },
      keepRunning: (on) => {
        const kept = keepRunning.setKeepsRunning(on);
        if (kept.ok) servers.noteSetting('keepRunning');
        this.changed();
        return kept;
      },
      startAtLogin: (on) => {
        const set = keepRunning.setStartsAtLogin(on);
        if (set.ok) servers.noteSetting('startAtLogin');
        this.changed();
        return set;
      },
    };
  }

  /** A person who closes the window a second time does not want to answer. The console then keeps running, which loses nothing. */
  #mayClose(): boolean {
    if (this.#asking || this.#whenClosed !== 'ask') return true;
    this.#asking = true;
    this.changed();
    return false;
  }

  #closed(): void {
    this.#screen = null;
    this.#asking = false;
    if (this.#quitting) return;
    if (this.#whenClosed === 'quit') this.#deps.quit();
    // The window may have closed before its first paint. Do not wait for another window to begin.
    else this.begin();
  }

  get #whenClosed() {
    return this.#deps.keepRunning.whenClosed(this.#deps.servers.hasWork);
  }
}
