import type { ProxySignInView } from '../../src-shared/authorization-pane/sign-in-question.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ProxySignIns } from '../keychain/proxy-sign-ins.ts';
import type { SignInQuestions } from './sign-in-questions.ts';

interface ProxyQuestionDeps {
  readonly questions: Pick<SignInQuestions, 'ask'>;
  readonly signIns: Pick<ProxySignIns, 'keep' | 'forget' | 'has' | 'isUnsaved' | 'last' | 'onWanted'>;
  readonly changed: () => void;
  /** Called when there is a sign-in to try. */
  readonly onEntered: () => void;
}

/** The console asks once, and once more if the proxy refused the answer. After that only a person opens the question. */
const mostAsked = 2;

/** Asks the person for the name and the password of a proxy. */
export class ProxyQuestion {
  readonly #deps: ProxyQuestionDeps;
  readonly #asked = new Map<string, number>();
  readonly #window = new AbortController();
  #asking = false;

  constructor(deps: ProxyQuestionDeps) {
    this.#deps = deps;
    deps.signIns.onWanted = (proxy, again) => this.#wanted(proxy, again);
  }

  /** The proxy that asked last. Null if none did in this run. */
  view(): ProxySignInView | null {
    const { signIns } = this.#deps;
    return signIns.last === null
      ? null
      : { proxy: signIns.last, kept: signIns.has(signIns.last), unsaved: signIns.isUnsaved(signIns.last) };
  }

  /** The person wants to enter another sign-in. Failure: `request_malformed` if no proxy asked. */
  enter(): Result<null> {
    const { last } = this.#deps.signIns;
    if (last === null) return fail('request_malformed');
    this.#asked.set(last, 0);
    void this.#ask(last, false);
    return succeed(null);
  }

  /** Failures: as {@link ProxySignIns.forget}. */
  async forget(): Promise<Result<null>> {
    const { last } = this.#deps.signIns;
    const forgotten = last === null ? succeed(null) : await this.#deps.signIns.forget(last);
    this.#deps.changed();
    return forgotten;
  }

  /** The window is closed. */
  close(): void {
    this.#deps.signIns.onWanted = () => {};
    this.#window.abort();
  }

  #wanted(proxy: string, again: boolean): void {
    this.#deps.changed();
    const asked = this.#asked.get(proxy) ?? 0;
    if (asked === 0 || (again && asked < mostAsked)) void this.#ask(proxy, again);
  }

  async #ask(proxy: string, again: boolean): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#asked.set(proxy, (this.#asked.get(proxy) ?? 0) + 1);
    const subject = { kind: 'proxy' as const, origin: proxy, again, encrypted: false };
    const entered = await this.#deps.questions.ask(subject, this.#window.signal);
    this.#asking = false;
    if (!entered) return void this.#asked.set(proxy, mostAsked);
    await this.#deps.signIns.keep(proxy, entered);
    this.#deps.changed();
    this.#deps.onEntered();
  }
}
