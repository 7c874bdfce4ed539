import type { WebContents } from 'electron';
import type { EnteredSignIn } from '../../../../src-shared/authorization-pane/sign-in-question.ts';
import type { SignInSubject } from '../../sign-in-questions.ts';
import { PageAsking, type PageAskingDeps } from './page-asking.ts';
import { cutLeft, webAddress } from '../shown-host.ts';

export interface PagePasswordDeps extends PageAskingDeps {
  readonly ask: (subject: SignInSubject, gone: AbortSignal) => Promise<EnteredSignIn | null>;
}

/** HTTP authentication of the pages (RFC 9110 §11). What the person enters is kept by the session alone. */
export class PagePassword {
  readonly #deps: PagePasswordDeps;
  readonly #asking: PageAsking<EnteredSignIn>;

  constructor(deps: PagePasswordDeps) {
    this.#deps = deps;
    this.#asking = new PageAsking(deps);
  }

  watch(contents: WebContents): void {
    this.#asking.watch(contents);
    contents.on('login', (event, { url }, { isProxy }, answer) => {
      const asking = isProxy ? null : webAddress(url);
      if (!asking || !this.#asking.mayAsk(asking, contents.getURL())) return;
      event.preventDefault();
      void this.#enteredFor(asking).then((entered) => (entered ? answer(entered.name, entered.password) : answer()));
    });
  }

  /** The person opens a page or loads it again, and may be asked again. */
  personOpens(): void {
    this.#asking.personOpens();
  }

  /** The view is closed. */
  leave(): void {
    this.#asking.leave();
  }

  #enteredFor({ origin, protocol }: URL): Promise<EnteredSignIn | null> {
    return this.#asking.answerFor(origin, (again, gone) =>
      this.#deps.ask({ kind: 'server', origin: cutLeft(origin), again, encrypted: protocol === 'https:' }, gone),
    );
  }
}
