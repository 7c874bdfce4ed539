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
  return succeeded && isHtml(contentType) ? 'captive_portal' : null;
}

interface WholeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** As {@link foreignAnswerCode}, of a whole answer: a page is known by its body too. */
export function foreignAnswer(answer: WholeAnswer): FailureCode | null {
  return foreignAnswerCode({ status: answer.status, contentType: contentTypeOf(answer) });
}

/** Is it a page for people, where an answer for programs was asked for? */
export function isPage(answer: WholeAnswer): boolean {
  return isHtml(contentTypeOf(answer));
}

function contentTypeOf({ headers, body }: WholeAnswer): string {
  const declared = headers['content-type'] ?? '';
  return /^\s*</.test(body) && !declared.includes('json') ? 'text/html' : declared;
}

function isHtml(contentType: string): boolean {
  return /\bx?html\b/i.test(contentType);
}
