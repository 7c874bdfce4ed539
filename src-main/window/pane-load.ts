import { type Failure, failure } from '../../src-shared/result.ts';
import { networkFailure } from '../authorization/network-failure.ts';
import type { Timer } from '../ports/timer.ts';
import { hostIn } from './shown-host.ts';

/** As long as the console waits for any other answer. */
const longestWaitMs = 30_000;

export interface LandedPage {
  readonly address: string;
  /** Is it what came from the address where the pane begins? */
  readonly isStart: boolean;
  /** Of the answer; null where no HTTP answer is behind it. */
  readonly status: number | null;
  /** Nothing in it can be seen, and nothing can make something of it. */
  readonly isEmpty: boolean;
}

/** Why words stand in a page's place; null where it is shown as it is. */
export function pageFailure(page: LandedPage): Failure | null {
  const { isStart, status, isEmpty } = page;
  if (status === null || status < 400) {
    // Signing in leads through pages that are empty for a moment.
    return isEmpty && isStart ? unusable(page) : null;
  }
  // A server may send its sign-in page with 401 or 403. A later page answers what a person did, so what it says is for them.
  const speaksForItself = !isStart || status === 401 || status === 403;
  return isEmpty || !speaksForItself ? unusable(page) : null;
}

function unusable({ address, isStart, status, isEmpty }: LandedPage): Failure {
  return failure('page_unusable', {
    facts: {
      host: hostIn(address),
      ...(isStart ? { page: 'start' } : {}),
      ...(status === null ? {} : { status: String(status) }),
      ...(isEmpty ? { empty: 'yes' } : {}),
    },
  });
}

/** Why the network brought no page; null where the load was only given up for another one. */
export function loadFailure(description: string, address: string, isStart: boolean): Failure | null {
  if (/ERR_ABORTED/.test(description)) return null;
  if (/BLOCKED_BY_CLIENT/.test(description))
    return failure('address_not_allowed', { facts: { host: hostIn(address) } });
  if (/ERR_PROXY_AUTH_REQUESTED|ERR_NO_SUPPORTED_PROXIES/.test(description)) {
    const reason = /AUTH/.test(description) ? 'sign_in' : 'kind';
    return failure('proxy_unsupported', { facts: { host: hostIn(address), reason } });
  }
  // Chromium puts a page of its own in the place of a refusal that has none.
  if (/ERR_HTTP_RESPONSE_CODE_FAILURE/.test(description))
    return unusable({ address, isStart, status: null, isEmpty: true });
  return networkFailure(description, address);
}

/** Follows what the pane opens from the request to the page, and finds out where no page comes of it. */
export class PaneLoad {
  readonly #timer: Timer;
  readonly #onLate: (reason: Failure) => void;
  #state: 'asked' | 'landed' | 'over' = 'over';
  #address = '';
  #isStart = false;
  #status: number | null = null;
  #landings = 0;
  #cancelTimer = () => {};

  constructor(timer: Timer, onLate: (reason: Failure) => void) {
    this.#timer = timer;
    this.#onLate = onLate;
  }

  /** Began what is under way, or what is there, at the address where the pane begins? */
  get isStart(): boolean {
    return this.#isStart;
  }

  /** Is the page where the pane begins still asked for? */
  get seeksStart(): boolean {
    return this.#state === 'asked' && this.#isStart;
  }

  /** Which page is there and not read yet; null where there is none. */
  get unread(): number | null {
    return this.#state === 'landed' ? this.#landings : null;
  }

  begin(address: string, isStart: boolean): void {
    this.end();
    this.#state = 'asked';
    this.#address = address;
    this.#isStart = isStart;
    // Chromium itself waits for minutes. Only at the start nothing else stands there meanwhile.
    if (isStart) this.#cancelTimer = this.#timer.schedule(longestWaitMs, () => this.#late());
  }

  landed(address: string, status: number): void {
    this.end();
    this.#state = 'landed';
    this.#landings += 1;
    this.#address = address;
    this.#status = status >= 100 ? status : null;
  }

  /** What there is of the page that was `unread` when it was looked at. */
  read(page: number, isEmpty: boolean): Failure | null {
    if (this.unread !== page) return null;
    this.end();
    return pageFailure({ address: this.#address, isStart: this.#isStart, status: this.#status, isEmpty });
  }

  /** The network gave up. */
  failed(description: string, address: string): Failure | null {
    const reason = loadFailure(description, address, this.#isStart);
    if (reason) this.end();
    return reason;
  }

  /** Nothing loads any more: an answer without a page, such as 204 or a file to save, leaves the pane as it was. */
  stopped(): Failure | null {
    if (this.#state !== 'asked') return null;
    this.end();
    return pageFailure({ address: this.#address, isStart: this.#isStart, status: null, isEmpty: true });
  }

  end(): void {
    this.#state = 'over';
    this.#cancelTimer();
    this.#cancelTimer = () => {};
  }

  #late(): void {
    this.end();
    this.#onLate(failure('request_timeout', { facts: { host: hostIn(this.#address) } }));
  }
}
