import type { WebContents } from 'electron';
import type { EnteredSignIn } from '../../../src-shared/sign-in-question.ts';
import type { SignInSubject } from '../sign-in-questions.ts';
import { cutLeft, webAddress } from './shown-host.ts';

export interface PageSignInDeps {
  readonly ask: (subject: SignInSubject, gone: AbortSignal) => Promise<EnteredSignIn | null>;
  /** A person is being asked, so the page may take as long as the person does. */
  readonly onAsked: () => void;
  readonly onAnswered: () => void;
}

/** How often a name and a password are asked for at one origin: once, and once more with the reason. */
const mostTries = 2;
/** After so many cancelled questions nothing is asked until the person opens a page. */
const mostRefusals = 3;

/**
 * HTTP authentication of the pages (RFC 9110 §11). Only the origin of the page itself may ask, as in a browser: a picture or a
 * frame of another origin cannot. What the person enters is kept by the session alone.
 */
export class PageSignIn {
  readonly #deps: PageSignInDeps;
  readonly #tries = new Map<string, number>();
  readonly #refused = new Set<string>();
  #refusals = 0;
  #open: { readonly origin: string; readonly entered: Promise<EnteredSignIn | null> } | null = null;
  #coming: string | null = null;
  #page = new AbortController();

  constructor(deps: PageSignInDeps) {
    this.#deps = deps;
  }

  watch(contents: WebContents): void {
    contents.on('did-start-navigation', ({ url, isMainFrame, isSameDocument }) => {
      if (!isMainFrame || isSameDocument) return;
      this.#leavePage();
      this.#coming = url;
    });
    contents.on('did-redirect-navigation', ({ url, isMainFrame }) => {
      if (isMainFrame) this.#coming = url;
    });
    contents.on('did-navigate', (_event, url, status) => {
      this.#coming = null;
      const origin = webAddress(url)?.origin;
      if (origin !== undefined && status < 400) this.#tries.delete(origin);
    });
    contents.on('login', (event, { url }, { isProxy }, answer) => {
      const asking = isProxy ? null : webAddress(url);
      if (!asking || !this.#mayAsk(asking, contents.getURL())) return;
      event.preventDefault();
      void this.#enteredFor(asking).then((entered) => (entered ? answer(entered.name, entered.password) : answer()));
    });
  }

  /** The person opens a page or loads it again, and may be asked again. */
  personOpens(): void {
    this.#tries.clear();
    this.#refused.clear();
    this.#refusals = 0;
  }

  /** The view is closed. */
  leave(): void {
    this.#leavePage();
    this.#coming = null;
    this.personOpens();
  }

  #leavePage(): void {
    this.#page.abort();
    this.#open = null;
    this.#page = new AbortController();
  }

  #mayAsk({ origin }: URL, shown: string): boolean {
    if (origin !== webAddress(this.#coming ?? shown)?.origin) return false;
    // The requests of a page that come together share one question.
    if (this.#open) return this.#open.origin === origin;
    if (this.#refused.has(origin) || this.#refusals >= mostRefusals) return false;
    return (this.#tries.get(origin) ?? 0) < mostTries;
  }

  #enteredFor(asking: URL): Promise<EnteredSignIn | null> {
    this.#open ??= { origin: asking.origin, entered: this.#ask(asking) };
    return this.#open.entered;
  }

  async #ask({ origin, protocol }: URL): Promise<EnteredSignIn | null> {
    const tries = this.#tries.get(origin) ?? 0;
    this.#tries.set(origin, tries + 1);
    const { signal } = this.#page;
    this.#deps.onAsked();
    const subject = {
      kind: 'server' as const,
      origin: cutLeft(origin),
      again: tries > 0,
      encrypted: protocol === 'https:',
    };
    const entered = await this.#deps.ask(subject, signal);
    this.#deps.onAnswered();
    if (this.#page.signal === signal) this.#open = null;
    if (entered === null && !signal.aborted) {
      this.#refused.add(origin);
      this.#refusals += 1;
    }
    return entered;
  }
}
