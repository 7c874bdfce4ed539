import type { CertificateQuestionView } from '../../src-shared/authorization-pane/certificate-question.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { EnteredSignIn, SignInQuestionView } from '../../src-shared/authorization-pane/sign-in-question.ts';

/** The question, without its number. */
export type SignInSubject = Omit<SignInQuestionView, 'id'>;
export type CertificateSubject = Omit<CertificateQuestionView, 'id'>;
type Question = SignInQuestionView | CertificateQuestionView;

/** The most questions that may be open, including the shown one. A page that causes more gets no sign-in for them. */
export const mostQuestions = 4;

interface Waiting {
  readonly view: Question;
  /** Passes the answer to the caller that asked. `null`: the person gave none. False if it does not answer this question. */
  readonly take: (answer: EnteredSignIn | number | null) => boolean;
}

/** The questions for a name and a password or for a certificate, shown one at a time in the order in which they came. */
export class SignInQuestions {
  readonly #changed: () => void;
  readonly #waiting: Waiting[] = [];
  #lastId = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The question to show now. Null if there is none. */
  view(): Question | null {
    return this.#waiting[0]?.view ?? null;
  }

  /** Resolves to null if the person cancels, if too many questions wait, or if `gone` aborts because nobody needs the answer. */
  ask(subject: SignInSubject, gone: AbortSignal): Promise<EnteredSignIn | null> {
    return this.#ask(subject, gone, (answer): answer is EnteredSignIn => typeof answer === 'object');
  }

  /** Resolves to the place of the chosen certificate in the list, or to null as {@link SignInQuestions.ask}. */
  askCertificate(subject: CertificateSubject, gone: AbortSignal): Promise<number | null> {
    const isOne = (answer: unknown): answer is number => subject.certificates[Number(answer)] !== undefined;
    return this.#ask(subject, gone, (answer): answer is number => typeof answer === 'number' && isOne(answer));
  }

  /** Failure: `request_malformed` if the question is no longer open, or if this does not answer it. */
  answer(id: number, answer: EnteredSignIn | number): Result<null> {
    return this.#settle(id, answer) ? succeed(null) : fail('request_malformed');
  }

  /** Does nothing if the question is no longer open. */
  cancel(id: number): void {
    this.#settle(id, null);
  }

  #ask<Answer extends EnteredSignIn | number>(
    subject: SignInSubject | CertificateSubject,
    gone: AbortSignal,
    isAnswer: (answer: EnteredSignIn | number) => answer is Answer,
  ): Promise<Answer | null> {
    if (gone.aborted || this.#waiting.length >= mostQuestions) return Promise.resolve(null);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const end = () => this.#settle(id, null);
      gone.addEventListener('abort', end, { once: true });
      const take: Waiting['take'] = (answer) => {
        if (answer !== null && !isAnswer(answer)) return false;
        gone.removeEventListener('abort', end);
        resolve(answer);
        return true;
      };
      this.#waiting.push({ view: { ...subject, id }, take });
      this.#changed();
    });
  }

  #settle(id: number, answer: EnteredSignIn | number | null): boolean {
    const index = this.#waiting.findIndex(({ view }) => view.id === id);
    if (!this.#waiting[index]?.take(answer)) return false;
    this.#waiting.splice(index, 1);
    this.#changed();
    return true;
  }
}
