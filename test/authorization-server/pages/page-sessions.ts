/** Sign-in sessions of the pages, in memory, named by a cookie. */
import { randomBytes, timingSafeEqual } from 'node:crypto';

export interface Notice {
  readonly tone: 'success' | 'error' | 'info';
  readonly headline: string;
  readonly detail?: string | undefined;
}

export interface PageSession {
  readonly id: string;
  /** What the antiforgery cookie of the session holds, where there is one. */
  readonly antiforgery: string;
  /** Goes with every form, so that no other site can post one. */
  readonly formToken: string;
  username?: string | undefined;
  /** The organization that was managed last. */
  organizationId?: string | undefined;
  /** A user code that came with a link (RFC 8628 §3.3.1) and waits for its form. */
  userCode?: string | undefined;
  /** Where an interrupted visit goes on after the sign-in. */
  returnTo?: string | undefined;
  /** Shown once, on the next page. */
  notice?: Notice | undefined;
}

const cookieName = 'sandbox-session';
const antiforgeryName = '.Sandbox.Antiforgery';

export interface PageSessionOptions {
  readonly basePath: string;
  readonly secure: boolean;
  /** A cookie of its own beside the session's, and both for other sites as well, which only secure ones may be. */
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

  /** Whether a form came from a page of this session: its token fits, and so does its antiforgery cookie where there is one. */
  isOwnForm(session: PageSession, formToken: string | null, cookieHeader: string | undefined): boolean {
    const hasCookie = !this.#hasAntiforgeryCookies || cookieIn(cookieHeader, antiforgeryName) === session.antiforgery;
    return hasCookie && isFormTokenOf(session, formToken);
  }

  /** A new id at sign-in: one that was planted before is worth nothing. */
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
