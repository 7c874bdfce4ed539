/** Sign-in sessions of the pages, in memory, identified by a cookie. */
import { randomBytes, timingSafeEqual } from 'node:crypto';

export interface Notice {
  readonly tone: 'success' | 'error' | 'info';
  readonly headline: string;
  readonly detail?: string | undefined;
}

export interface PageSession {
  readonly id: string;
  /** The value of the session's antiforgery cookie, if the dialect has one. */
  readonly antiforgery: string;
  /** Part of every form, so that no other site can post one. */
  readonly formToken: string;
  username?: string | undefined;
  /** The organization that the person managed last. */
  organizationId?: string | undefined;
  /** A user code from a link (RFC 8628 §3.3.1), kept for its form. */
  userCode?: string | undefined;
  /** The page to return to after the sign-in. */
  returnTo?: string | undefined;
  /** Shown once, on the next page. */
  notice?: Notice | undefined;
}

const cookieName = 'sandbox-session';
const antiforgeryName = '.Sandbox.Antiforgery';

export interface PageSessionOptions {
  readonly basePath: string;
  readonly secure: boolean;
  /** Adds an antiforgery cookie to the session cookie. Both are `SameSite=None`, which requires `Secure`. */
  readonly hasAntiforgeryCookies: boolean;
}

export class PageSessions {
  readonly #sessions = new Map<string, PageSession>();
  readonly #attributes: string;
  readonly #hasAntiforgeryCookies: boolean;

  constructor({ basePath, secure, hasAntiforgeryCookies }: PageSessionOptions) {
    const isFor = hasAntiforgeryCookies ? 'SameSite=None; Secure' : `SameSite=Lax${secure ? '; Secure' : ''}`;
    this.#attributes = `Path=${basePath || '/'}; HttpOnly; ${isFor}`;
    this.#hasAntiforgeryCookies = hasAntiforgeryCookies;
  }

  find(cookieHeader: string | undefined): PageSession {
    return this.#sessions.get(cookieIn(cookieHeader, cookieName) ?? '') ?? this.#create({});
  }

  /** Whether a form came from a page of this session: its token must match, and so must its antiforgery cookie if there is one. */
  isOwnForm(session: PageSession, formToken: string | null, cookieHeader: string | undefined): boolean {
    const hasCookie = !this.#hasAntiforgeryCookies || cookieIn(cookieHeader, antiforgeryName) === session.antiforgery;
    return hasCookie && isFormTokenOf(session, formToken);
  }

  /** Creates a new session id at sign-in, so that an id planted before (session fixation) is useless. */
  signIn(session: PageSession, username: string): PageSession {
    this.#sessions.delete(session.id);
    return this.#create({ userCode: session.userCode, username });
  }

  signOut(session: PageSession): PageSession {
    this.#sessions.delete(session.id);
    return this.#create({});
  }

  cookies(session: PageSession): string[] {
    const own = `${cookieName}=${session.id}; ${this.#attributes}`;
    return this.#hasAntiforgeryCookies
      ? [own, `${antiforgeryName}=${session.antiforgery}; ${this.#attributes}`]
      : [own];
  }

  #create(kept: Partial<PageSession>): PageSession {
    const session = {
      ...kept,
      id: randomBytes(24).toString('base64url'),
      antiforgery: randomBytes(24).toString('base64url'),
      formToken: randomBytes(24).toString('base64url'),
    };
    this.#sessions.set(session.id, session);
    return session;
  }
}

function cookieIn(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function isFormTokenOf(session: PageSession, given: string | null): boolean {
  const [expected, actual] = [Buffer.from(session.formToken), Buffer.from(given ?? '')];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
