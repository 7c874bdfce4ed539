import type { WebContents } from 'electron';
import type { PanePage } from '../../../../src-shared/window/console-state.ts';
import { findKeyOf } from '../page-find.ts';

/** The open User Code, and the address of the page for it. */
export interface AwaitedCode {
  readonly userCode: string;
  readonly address: string;
  /** The same page with the code filled in, if the server offers that. */
  readonly addressWithCode: string;
  /** The device to choose, for a server that this computer helps. */
  readonly device?: string;
}

type Read = Omit<PanePage, 'isVerification'>;

const unread: Read = { entry: 'none', holdsCode: false, used: false };

/** In the order of the numbers that the page returns. If a field holds the code, {@link entries}.length is added. */
const entries = ['none', 'sign_in', 'text'] as const satisfies readonly PanePage['entry'][];

/** Keys that neither choose nor enter anything. */
const idleKeys = /^(Tab|Shift|Control|Alt|AltGraph|Meta|CapsLock|Escape|F\d+)$/;

/**
 * What a person can do on the shown page, and whether they began. The page itself is asked for its fields, so a page can give a
 * false answer. That only changes which step the console marks.
 */
export class PageReading {
  readonly #onChanged: () => void;
  #read = unread;
  #used = false;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  watch(contents: WebContents): void {
    // The result for the previous page stays until the new page has answered, so that the steps do not flicker.
    contents.on('did-navigate', () => {
      this.#used = false;
    });
    contents.on('input-event', (_event, { type }) => type === 'mouseDown' && this.#use());
    contents.on('before-input-event', (_event, input) => {
      const isIdle = idleKeys.test(input.key) || findKeyOf(input) !== undefined;
      if (input.type === 'keyDown' && !isIdle) this.#use();
    });
  }

  /** Takes the answer to the {@link pageQuestion}. Ignores any other value. */
  take(answer: unknown): void {
    if (typeof answer !== 'number') return;
    const entry = entries[answer % entries.length];
    if (entry !== undefined && answer < 2 * entries.length)
      this.#become({ entry, holdsCode: answer >= entries.length, used: this.#used });
  }

  /** The page was closed. */
  forget(): void {
    this.#used = false;
    this.#read = unread;
  }

  /** `address`: that of the shown page. */
  view(address: URL | null, code: AwaitedCode | null): PanePage {
    const isVerification = address !== null && code !== null && samePage(address, code.address);
    return { ...this.#read, isVerification };
  }

  #use(): void {
    this.#used = true;
    if (!this.#read.used) this.#become({ ...this.#read, used: true });
  }

  #become(read: Read): void {
    const { entry, holdsCode, used } = this.#read;
    if (entry === read.entry && holdsCode === read.holdsCode && used === read.used) return;
    this.#read = read;
    this.#onChanged();
  }
}

/** Are both the same page, with any query? */
export function samePage(shown: URL, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const page = new URL(address);
  const path = ({ pathname }: URL) => pathname.replace(/\/+$/, '');
  return shown.origin === page.origin && path(shown) === path(page) && routeOf(shown) === routeOf(page);
}

/** The path in the fragment, by which an application of one document tells its pages apart. Empty if the fragment is no path. */
function routeOf({ hash }: URL): string {
  const [route = ''] = /^#!?\//.test(hash) ? hash.replace(/^#!?/, '').split('?') : [];
  return route.replace(/\/+$/, '');
}

/**
 * A script that finds out which field a page has: one of a sign-in, or one for text. It also finds out whether a field contains the User
 * Code, visible or not: a page that asks a person to confirm a code usually has it in a hidden field. If `isVerification` is true, a field
 * for a one-time code is the one for the User Code; elsewhere it is part of a sign-in. The answer is one of six numbers, even if the page
 * has replaced its built-in functions.
 */
export function pageQuestion(userCode: string | null, { isVerification = false } = {}): string {
  return `(() => {
  const plain = (text) => text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const code = plain(${JSON.stringify(userCode ?? '')});
  const fields = [...document.querySelectorAll('input,textarea')].slice(0, 500);
  const seen = fields.filter((field) => !field.disabled && !field.readOnly && field.getClientRects().length > 0);
  const asks = ${isVerification ? /\b(username|email|(current|new)-password|webauthn)\b/ : /\b(username|email|(current|new)-password|webauthn|one-time-code)\b/};
  const isLogin = (name) => /^(input)?(user(name|id)?|login(name|fmt|id)?|identifier)$/.test(name.toLowerCase().replace(/[^a-z]/g, ''));
  const isText = ({ type }) => /^(text|tel|number|textarea)$/.test(type);
  const isNamed = ({ autocomplete, name, id }) => asks.test(autocomplete) || isLogin(name) || isLogin(id);
  const isSignIn = (field) => /^(password|email)$/.test(field.type) || (isText(field) && isNamed(field));
  const entry = seen.some(isSignIn) ? 1 : seen.some(isText) ? 2 : 0;
  return entry + (code !== '' && fields.some(({ value }) => plain(value) === code) ? 3 : 0);
})()`;
}
