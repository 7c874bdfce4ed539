import type { WebContents } from 'electron';
import { webAddress } from '../shown-host.ts';

export interface PageAskingDeps {
  /** A person is being asked, so the page may take as long as the answer takes. */
  readonly onAsked: () => void;
  readonly onAnswered: () => void;
}

/** How often one origin may ask: once, and once more if it refused the first answer. */
const mostTries = 2;
/** After so many cancelled questions nothing is asked until the person opens a page. */
const mostRefusals = 3;

/**
 * Decides which questions from a page's server reach the person. Only the origin of the page itself may ask, as in a browser: a picture or
 * a frame of another origin cannot. A question ends with its page.
 */
export class PageAsking<Answer> {
  readonly #deps: PageAskingDeps;
  readonly #tries = new Map<string, number>();
  readonly #refused = new Set<string>();
  #refusals = 0;
  #open: { readonly origin: string; readonly answer: Promise<Answer | null> } | null = null;
  #coming: string | null = null;
  #page = new AbortController();

  constructor(deps: PageAskingDeps) {
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

  /** May this origin ask now? `shown`: the address of the page on the screen. */
  mayAsk({ origin }: URL, shown: string): boolean {
    if (origin !== webAddress(this.#coming ?? shown)?.origin) return false;
    // The requests of a page that come together share one question.
    if (this.#open) return this.#open.origin === origin;
    if (this.#refused.has(origin) || this.#refusals >= mostRefusals) return false;
    return (this.#tries.get(origin) ?? 0) < mostTries;
  }

  /** Asks by `ask`, unless a question of this origin is open: then both get its answer. `again`: an earlier answer did not help. */
  answerFor(
    origin: string,
    ask: (again: boolean, gone: AbortSignal) => Promise<Answer | null>,
  ): Promise<Answer | null> {
    this.#open ??= { origin, answer: this.#ask(origin, ask) };
    return this.#open.answer;
  }

  async #ask(
    origin: string,
    ask: (again: boolean, gone: AbortSignal) => Promise<Answer | null>,
  ): Promise<Answer | null> {
    const tries = this.#tries.get(origin) ?? 0;
    this.#tries.set(origin, tries + 1);
    const { signal } = this.#page;
    this.#deps.onAsked();
    const answer = await ask(tries > 0, signal);
    this.#deps.onAnswered();
    if (this.#page.signal === signal) this.#open = null;
    if (answer === null && !signal.aborted) {
      this.#refused.add(origin);
      this.#refusals += 1;
    }
    return answer;
  }
}
