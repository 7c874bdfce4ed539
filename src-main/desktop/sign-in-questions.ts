import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { EnteredSignIn, SignInQuestionView } from '../../src-shared/sign-in-question.ts';

/** What is asked, without the number of the question. */
export type SignInSubject = Omit<SignInQuestionView, 'id'>;

/** How many questions wait at most, with the shown one. A page that causes more gets no sign-in for them. */
export const mostQuestions = 4;

interface Waiting {
  readonly view: SignInQuestionView;
  readonly settle: (entered: EnteredSignIn | null) => void;
}

/** The questions for a name and a password, shown one at a time in the order in which they came. */
export class SignInQuestions {
  readonly #changed: () => void;
  readonly #waiting: Waiting[] = [];
  #lastId = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The question to show now. Null if there is none. */
  view(): SignInQuestionView | null {
    return this.#waiting[0]?.view ?? null;
  }

  /** Resolves to null if the person cancels, if too many questions wait, or if `gone` aborts because nobody needs the answer. */
  ask(subject: SignInSubject, gone: AbortSignal): Promise<EnteredSignIn | null> {
    if (gone.aborted || this.#waiting.length >= mostQuestions) return Promise.resolve(null);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const end = () => this.#settle(id, null);
      gone.addEventListener('abort', end, { once: true });
      const settle = (entered: EnteredSignIn | null) => {
        gone.removeEventListener('abort', end);
        resolve(entered);
      };
      this.#waiting.push({ view: { ...subject, id }, settle });
      this.#changed();
    });
  }

  /** Failure: `request_malformed` if the question is no longer open. */
  answer(id: number, entered: EnteredSignIn): Result<null> {
    return this.#settle(id, entered) ? succeed(null) : fail('request_malformed');
  }

  /** A question that is no longer open stays so. */
  cancel(id: number): void {
    this.#settle(id, null);
  }

  #settle(id: number, entered: EnteredSignIn | null): boolean {
    const index = this.#waiting.findIndex(({ view }) => view.id === id);
    const [settled] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (!settled) return false;
    settled.settle(entered);
    this.#changed();
    return true;
  }
}
