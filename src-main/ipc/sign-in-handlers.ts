import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { EnteredSignIn } from '../../src-shared/authorization-pane/sign-in-question.ts';

export interface SignInHandlersDeps {
  /** The open questions for a name and a password or for a certificate. */
  readonly signIns: {
    answer(id: number, answer: EnteredSignIn | number): Result<null>;
    cancel(id: number): void;
  };
  /** The name and password of the proxy. */
  readonly proxyQuestion: { enter(): Result<null>; forget(): Promise<Result<null>> };
}

/** The handlers of the answers to a server that wants a name and a password, or a certificate. */
export function signInHandlers({ signIns, proxyQuestion }: SignInHandlersDeps): HandlersOf<'sign_in'> {
  return {
    'sign_in.answer': async ({ id, name, password }) => signIns.answer(id, { name, password }),
    'sign_in.choose_certificate': async ({ id, certificate }) => signIns.answer(id, certificate),
    'sign_in.cancel': async ({ id }) => {
      signIns.cancel(id);
      return succeed(null);
    },
    'sign_in.enter_proxy': async () => proxyQuestion.enter(),
    'sign_in.forget_proxy': () => proxyQuestion.forget(),
  };
}
