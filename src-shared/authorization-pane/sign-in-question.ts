import { z } from 'zod/mini';

/** A server wants a user name and a password (RFC 9110 §11), and a person is asked for them in the console's own window. */
export interface SignInQuestionView {
  /** Names the question, so that an answer cannot reach a later one. */
  readonly id: number;
  /** Who asks: the server of the page, or the proxy of this network. */
  readonly kind: 'server' | 'proxy';
  /** The true origin of the server, or the host and port of the proxy; never a text that either of them chose. */
  readonly origin: string;
  /** The name or the password given before was refused. */
  readonly again: boolean;
  /** Does the connection to it encrypt what is sent? */
  readonly encrypted: boolean;
}

/** The proxy that wanted a name and a password last. */
export interface ProxySignInView {
  /** Host and port. */
  readonly proxy: string;
  /** Is there a name and a password for it? */
  readonly kept: boolean;
  /** Did the keychain refuse the last change of it? The change then counts until the console ends. */
  readonly unsaved: boolean;
}

const entered = z.string().check(z.maxLength(1000));

/** The person's answer. It goes to the main process only, and nothing sends it back. */
export const signInAnswerSchema = z.object({
  id: z.number(),
  name: entered.check(z.minLength(1)),
  password: entered,
});
export const signInCancelSchema = z.object({ id: z.number() });

/** What a person entered. Never logged. */
export interface EnteredSignIn {
  readonly name: string;
  readonly password: string;
}
