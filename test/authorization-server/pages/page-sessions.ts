/** Sign-in sessions of the pages, in memory, named by a cookie. */
import { randomBytes, timingSafeEqual } from 'node:crypto';

export interface Notice {
  readonly tone: 'success' | 'error' | 'info';
  readonly headline: string;
  readonly detail?: string | undefined;
}

export interface PageSession {
  readonly id: string;
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

export class PageSessions {
  readonly #sessions = new Map<string, PageSession>();
  readonly #attributes: string;

  constructor(options: { basePath: string; secure: boolean }) {
    this.#attributes = `Path=${options.basePath || '/'}; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`;
  }

  find(cookieHeader: string | undefined): PageSession {
    const id = new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]+)`).exec(cookieHeader ?? '')?.[1];
    return this.#sessions.get(id ?? '') ?? this.#create({});
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

  cookie(session: PageSession): string {
    return `${cookieName}=${session.id}; ${this.#attributes}`;
  }

  #create(kept: Partial<PageSession>): PageSession {
    const session = {
      ...kept,
      id: randomBytes(24).toString('base64url'),
      formToken: randomBytes(24).toString('base64url'),
    };
    this.#sessions.set(session.id, session);
    return session;
  }
}

export function isFormTokenOf(session: PageSession, given: string | null): boolean {
  const [expected, actual] = [Buffer.from(session.formToken), Buffer.from(given ?? '')];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
