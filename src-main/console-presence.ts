import type { AlertAction, AlertView } from '../src-shared/alert.ts';
import type { BackgroundView } from '../src-shared/console-state.ts';
import { untilNextChangeMs } from '../src-shared/console-standing.ts';
import { succeed } from '../src-shared/result.ts';
import { trayView } from '../src-shared/tray-view.ts';
import type { KeepRunning } from './background/keep-running.ts';
import type { ConsoleScreen, ScreenPresence } from './console-screen.ts';
import type { ConsoleService } from './console-service.ts';
import type { StandingWatch } from './history/standing-watch.ts';
import type { Timer } from './ports/timer.ts';
import type { TrayIcon } from './ports/tray-icon.ts';

export interface ConsolePresenceDeps {
  readonly service: ConsoleService;
  /** The first paint is through, or there will be none. */
  readonly onBegin: () => void;
  /** What the start itself could set right is set right. */
  readonly onBegun: () => void;
  readonly keepRunning: KeepRunning;
  readonly tray: TrayIcon;
  /** What people should know, most urgent first. */
  readonly alerts: () => readonly AlertView[];
  readonly timer: Timer;
  /** Looks at how everything stands after each change, and once a minute. */
  readonly watch: Pick<StandingWatch, 'look'>;
  readonly openScreen: (presence: ScreenPresence) => ConsoleScreen;
  readonly quit: () => void;
}

/** The license is judged again this often, also while nobody looks; sooner where a date passes before that. */
const judgeAgainMs = 60_000;
/** A date that passes is judged just after it. */
const justAfterMs = 1_000;

/** The console on a person's desktop: its window while that is open, its tray icon, and what closing the window means. */
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

  /** Somebody clicked on a notification: the window comes up, and the one thing is done. */
  act(profileId: string, action: AlertAction): void {
    this.show();
    this.#screen?.act(profileId, action);
  }

  /** Begins to keep licenses fresh; nothing for before the first paint. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const { service, onBegin, onBegun, keepRunning, tray } = this.#deps;
    onBegin();
    this.#judgeAgain();
    // Whatever became of the start: from now on people are told.
    void service.begin().finally(() => onBegun());
    keepRunning.readLoginItem();
    void tray.show({ open: () => this.show(), quit: () => this.#deps.quit() }).then((seen) => {
      keepRunning.tray = seen ? 'shown' : 'unsure';
      this.changed();
    });
  }

  /** Changes that come together are looked at once. */
  changed(): void {
    this.#screen?.changed();
    if (!this.#begun || this.#looks) return;
    this.#looks = true;
    queueMicrotask(() => {
      this.#looks = false;
      const standing = this.#deps.service.standing();
      this.#judgeAgain(untilNextChangeMs(standing) + justAfterMs);
      this.#deps.watch.look(standing);
      this.#deps.tray.update(trayView(standing, this.#deps.alerts()));
    });
  }

  background(): BackgroundView {
    return this.#deps.keepRunning.view(this.#asking);
  }

  /** The application ends: the window may go without a question. */
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
    const { keepRunning, service } = this.#deps;
    const done = succeed(null);
    return {
      background: () => this.background(),
      painted: () => this.begin(),
      ends: () => this.#quitting,
      mayClose: () => this.#mayClose(),
      closed: () => this.#closed(),
      answer: (on) => {
        const kept = keepRunning.setKeepsRunning(on);
        service.noteSetting('keepRunning');
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
        if (kept.ok) service.noteSetting('keepRunning');
        this.changed();
        return kept;
      },
      startAtLogin: (on) => {
        const set = keepRunning.setStartsAtLogin(on);
        if (set.ok) service.noteSetting('startAtLogin');
        this.changed();
        return set;
      },
    };
  }

  /** Whoever closes the window a second time does not want to be asked: the console then stays, which loses nothing. */
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
    // A window that went before it was painted: what comes after the first paint must not wait for another one.
    else this.begin();
  }

  get #whenClosed() {
    return this.#deps.keepRunning.whenClosed(this.#deps.service.hasWork);
  }
}
