import type { FailureCode } from '../../src-shared/failure-codes.ts';

/** The parts of a response that are known without its body. */
interface AnswerHead {
  readonly status: number;
  readonly contentType: string;
}

/**
 * Did something between this computer and the server send the response? `captive_portal`: an HTML page with a success status
 * although JSON was requested, or status 511 (RFC 6585 §6). `proxy_refused`: a proxy wants a password (RFC 9110 §15.5.8).
 * Null: the response may be the server's own, even if it is an HTML error page.
 */
function foreignAnswerCode({ status, contentType }: AnswerHead): FailureCode | null {
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

/** As {@link foreignAnswerCode}, for a complete response. Recognizes a page by its body too. */
export function foreignAnswer(answer: WholeAnswer): FailureCode | null {
  return foreignAnswerCode({ status: answer.status, contentType: contentTypeOf(answer) });
}

/** Is the response an HTML page? */
export function isPage(answer: WholeAnswer): boolean {
  return isHtml(contentTypeOf(answer));
}

/** Does the response look like the page of a filter: HTML that forbids (RFC 9110 §15.5.4, RFC 7725)? A server may send one too. */
export function isForbiddingPage(answer: WholeAnswer): boolean {
  return (answer.status === 403 || answer.status === 451) && isPage(answer);
}

function contentTypeOf({ headers, body }: WholeAnswer): string {
  const declared = headers['content-type'] ?? '';
  return /^\s*</.test(body) && !declared.includes('json') ? 'text/html' : declared;
}

function isHtml(contentType: string): boolean {
  return /\bx?html\b/i.test(contentType);
}
