import type { ServerReport } from '../../../src-shared/pairing/pairing.ts';
import { shownText } from '../../../src-shared/text/shown-text.ts';
import type { CodeLink } from './offer-control.ts';
import { listedPlace } from './allow-list.ts';

/**
 * The page where a person enters the User Code that a server reported, if that page is at one of `places` (host and port). The link that
 * fills in a code is used only if it is for the same page as the plain link, and contains the code that the person sees. Null if nothing
 * may be opened.
 */
export function linkOf(
  { userCode = '', verificationUri, verificationUriComplete }: ServerReport['acquisition'],
  places: readonly string[],
): Omit<CodeLink, 'issuer'> | null {
  const plain = safeLink(verificationUri, places);
  if (userCode === '' || plain === null) return null;
  const complete = safeLink(verificationUriComplete, places);
  const filledIn = complete !== null && fillsIn(userCode, complete, plain);
  return { address: (filledIn ? complete : plain).href, userCode, filledIn };
}

const longestCode = 40;

/**
 * Leaves out a User Code that does not look like one, because it is long or contains invisible characters. A person copies it, and it is
 * shown in the middle of the window.
 */
export function withReadableCode(report: ServerReport): ServerReport {
  const { userCode, ...others } = report.acquisition;
  if (userCode === undefined || isReadable(userCode)) return report;
  return { ...report, acquisition: others };
}

function isReadable(userCode: string): boolean {
  return userCode.length <= longestCode && /[\p{L}\p{N}]/u.test(userCode) && shownText(userCode) === userCode;
}

/** The link if it is at one of the places, with https. */
function safeLink(link: string | undefined, places: readonly string[]): URL | null {
  if (link === undefined || !URL.canParse(link)) return null;
  const url = new URL(link);
  if (url.protocol !== 'https:' || url.username || url.password) return null;
  return listedPlace(`${url.hostname}:${url.port || '443'}`, places) ? url : null;
}

/** Does the complete link add this code to the plain one, and nothing else? */
function fillsIn(userCode: string, complete: URL, plain: URL): boolean {
  const isSamePage = (['origin', 'pathname', 'hash'] as const).every((part) => complete[part] === plain[part]);
  const added = [...complete.searchParams].filter(([name, value]) => !plain.searchParams.getAll(name).includes(value));
  return isSamePage && added.length === 1 && bare(added[0]?.[1] ?? '') === bare(userCode);
}

/** People and servers write a code with or without its dashes, and in capital letters or not (RFC 8628 §6.1). */
function bare(code: string): string {
  return code.replaceAll(/[\s-]/g, '').toUpperCase();
}
