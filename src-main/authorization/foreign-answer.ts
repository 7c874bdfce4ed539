import type { FailureCode } from '../../src-shared/failure-codes.ts';

/** What an answer shows of itself without its body. */
interface AnswerHead {
  readonly status: number;
  readonly contentType: string;
}

/**
 * Did somebody in between answer in the server's place? `captive_portal` for a page where JSON was asked for (a success
 * that is HTML, or RFC 6585 §6), `proxy_refused` for a proxy that wants a password (RFC 9110 §15.5.8); null where the
 * answer may be the server's own, a page that tells of an error included.
 */
export function foreignAnswerCode({ status, contentType }: AnswerHead): FailureCode | null {
  if (status === 511) return 'captive_portal';
  if (status === 407) return 'proxy_refused';
  const succeeded = status >= 200 && status < 300;
  return succeeded && /\bx?html\b/i.test(contentType) ? 'captive_portal' : null;
}

/** As {@link foreignAnswerCode}, of a whole answer: a page is known by its body too. */
export function foreignAnswer(answer: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}): FailureCode | null {
  const declared = answer.headers['content-type'] ?? '';
  const contentType = /^\s*</.test(answer.body) && !declared.includes('json') ? 'text/html' : declared;
  return foreignAnswerCode({ status: answer.status, contentType });
}
