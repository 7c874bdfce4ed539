import { type Failure, failure } from '../../../src-shared/result.ts';
import { present } from '../../../src-shared/present.ts';
import { networkFailure } from '../../authorization/network-failure.ts';
import type { Timer } from '../../ports/timer.ts';
import { hostIn } from './shown-host.ts';

/** The same as for all other answers that the console waits for. */
const loadTimeoutMs = 30_000;

export interface LandedPage {
  readonly address: string;
  /** Whether the page came from the start address of the pane. */
  readonly isStart: boolean;
  /** The HTTP status. Null if the page did not come from an HTTP response. */
  readonly status: number | null;
  /** The page shows nothing, and has no script or element that could change that. */
  readonly isEmpty: boolean;
}

/** Why the console shows a notice instead of the page. Null if the page is shown. */
export function pageFailure(page: LandedPage): Failure | null {
  const { isStart, status, isEmpty } = page;
  if (status === null || status < 400) {
    // Later sign-in pages may be empty for a moment, so only an empty start page is a failure.
    return isEmpty && isStart ? unusable(page) : null;
  }
  // A server may send its sign-in page with 401 or 403. A later error page answers an action of the person, so it is shown.
  const speaksForItself = !isStart || status === 401 || status === 403;
  return isEmpty || !speaksForItself ? unusable(page) : null;
}

function unusable({ address, isStart, status, isEmpty }: LandedPage): Failure {
  return failure('page_unusable', {
    facts: present({
      host: hostIn(address),
      page: isStart ? 'start' : undefined,
      status: status === null ? undefined : String(status),
      empty: isEmpty ? 'yes' : undefined,
    }),
  });
}

/** Why the network delivered no page. Null if the load was only replaced by another one. */
export function loadFailure(description: string, address: string, isStart: boolean): Failure | null {
  if (/ERR_ABORTED/.test(description)) return null;
  if (/BLOCKED_BY_CLIENT/.test(description))
    return failure('address_not_allowed', { facts: { host: hostIn(address) } });
  if (/ERR_PROXY_AUTH_REQUESTED/.test(description))
    return failure('proxy_sign_in', { facts: { host: hostIn(address) } });
  if (/ERR_PROXY_AUTH_UNSUPPORTED|ERR_NO_SUPPORTED_PROXIES/.test(description)) {
    const reason = /AUTH/.test(description) ? 'sign_in' : 'kind';
    return failure('proxy_unsupported', { facts: { host: hostIn(address), reason } });
  }
  // Chromium replaces an error response without a body with its own error page.
  if (/ERR_HTTP_RESPONSE_CODE_FAILURE/.test(description))
    return unusable({ address, isStart, status: null, isEmpty: true });
  // A page's error comes without the prefix by which support knows it.
  return networkFailure(description.replace(/^(?=ERR_)/, 'net::'), address);
}

/** Follows each load of the pane from the request to the page, and detects when no page results. */
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

  /** Whether the current load or page began at the start address of the pane. */
  get isStart(): boolean {
    return this.#isStart;
  }

  /** Whether the start page is still loading. */
  get seeksStart(): boolean {
    return this.#state === 'asked' && this.#isStart;
  }

  /** The number of the page that has arrived but was not checked yet. Null if there is none. */
  get unread(): number | null {
    return this.#state === 'landed' ? this.#landings : null;
  }

  begin(address: string, isStart: boolean): void {
    this.end();
    this.#state = 'asked';
    this.#address = address;
    this.#isStart = isStart;
    this.#limit();
  }

  /** A person is being asked for something that the page needs, and may take any time. */
  wait(): void {
    this.#cancelTimer();
    this.#cancelTimer = () => {};
  }

  /** The person has answered, and the load continues. */
  goOn(): void {
    if (this.#state === 'asked') this.#limit();
  }

  landed(address: string, status: number): void {
    this.end();
    this.#state = 'landed';
    this.#landings += 1;
    this.#address = address;
    this.#status = status >= 100 ? status : null;
  }

  /** Takes the result of the check of a page. Ignored if the page is no longer the `unread` one. */
  read(page: number, isEmpty: boolean): Failure | null {
    if (this.unread !== page) return null;
    this.end();
    return pageFailure({ address: this.#address, isStart: this.#isStart, status: this.#status, isEmpty });
  }

  /** The load failed in the network. */
  failed(description: string, address: string): Failure | null {
    const reason = loadFailure(description, address, this.#isStart);
    if (reason) this.end();
    return reason;
  }

  /** Loading has stopped. An answer without a page, such as 204 or a download, leaves the pane unchanged. */
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

  #limit(): void {
    this.#cancelTimer();
    // Chromium itself waits for minutes. Only the start page needs a limit: during later loads the previous page is still shown.
    if (this.#isStart) this.#cancelTimer = this.#timer.schedule(loadTimeoutMs, () => this.#late());
  }

  #late(): void {
    this.end();
    this.#onLate(failure('request_timeout', { facts: { host: hostIn(this.#address) } }));
  }
}
