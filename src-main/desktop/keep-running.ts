import type { BackgroundView, CloseQuestion } from '../../src-shared/window/console-state.ts';
import type { Result } from '../../src-shared/result.ts';
import type { LoginItem } from '../ports/login-item.ts';

/** Stores the person's choice. It is undefined until the person has made it. */
interface BackgroundChoice {
  readonly keepsRunning: boolean | undefined;
  saveKeepsRunning(on: boolean): Result<null>;
}

/** What closing the window does: the question that it asks first, or what happens without one. */
type WhenClosed = 'quit' | 'stay' | CloseQuestion;

/** The reasons to run without a window. */
interface WorkWithoutWindow {
  /** A license to refresh, or a User Code on the screen. */
  readonly hasWork: boolean;
  /** Servers may use this computer's internet. */
  readonly helps: boolean;
}

/** Decides whether the console keeps refreshing while its window is closed, and whether it starts when the person signs in. */
export class KeepRunning {
  readonly #choice: BackgroundChoice;
  readonly #loginItem: LoginItem;
  readonly #account: string;
  #tray: BackgroundView['tray'] = 'unknown';
  #startsAtLogin: BackgroundView['startsAtLogin'] = 'unknown';

  /** `account` is the name of the person's operating system account. The settings show it, to say whose sign-in starts the console. */
  constructor(choice: BackgroundChoice, loginItem: LoginItem, account: string) {
    this.#choice = choice;
    this.#loginItem = loginItem;
    this.#account = account;
  }

  view(asking: CloseQuestion | false): BackgroundView {
    const { keepsRunning } = this.#choice;
    return {
      keepsRunning: keepsRunning === undefined ? 'not_asked' : keepsRunning ? 'yes' : 'no',
      asking,
      startsAtLogin: this.#startsAtLogin,
      tray: this.#tray,
      account: this.#account,
    };
  }

  whenClosed({ hasWork, helps }: WorkWithoutWindow): WhenClosed {
    const { keepsRunning } = this.#choice;
    // With the icon, a person sees that the help continues, and can end it.
    if (helps && (keepsRunning !== true || this.#tray !== 'shown')) return 'end_help';
    if (keepsRunning === true) return 'stay';
    if (!hasWork || keepsRunning === false) return 'quit';
    return 'keep_running';
  }

  /** Failure: `settings_not_written`. */
  setKeepsRunning(on: boolean): Result<null> {
    return this.#choice.saveKeepsRunning(on);
  }

  /**
   * Asks the operating system, whose settings can switch the start off without the console. Returns whether the answer has changed.
   * Must not be called before the first paint, which it would delay.
   */
  readLoginItem(): boolean {
    const before = this.#startsAtLogin;
    this.#startsAtLogin = this.#loginItem.state();
    return this.#startsAtLogin !== before;
  }

  /** The program that starts at sign-in instead of this one. Null if it is this one, or if that is not known. */
  get startsAnother(): string | null {
    return this.#loginItem.startsAnother();
  }

  /** Failure: `login_item_refused`. */
  setStartsAtLogin(on: boolean): Result<null> {
    const set = this.#loginItem.set(on);
    this.readLoginItem();
    return set;
  }

  set tray(tray: BackgroundView['tray']) {
    this.#tray = tray;
  }
}
