import type { Session, WebContents } from 'electron';
import { namesHost } from '../../../../src-shared/servers/host-patterns.ts';
import { present } from '../../../../src-shared/present.ts';
import { type Failure, failure } from '../../../../src-shared/result.ts';
import { hostIn } from '../shown-host.ts';

/**
 * Stands for no server at all (RFC 6761 §6.4). An empty list would not do that: on Windows, Chromium would then choose the servers
 * by the system's zones.
 */
export const noServer = 'none.invalid';

/**
 * The integrated sign-in (RFC 4559): a server that a setting names gets a proof of who is signed in to this computer, by Kerberos
 * or NTLM. Chromium keeps one list of servers for all sessions. So the list is that of the open pane, and names no server otherwise.
 */
export class IntegratedSignIn {
  #session: Session | null = null;
  #hosts: readonly string[] = [];
  /** The address of the last page that was refused because its server accepts no other sign-in. */
  #refused = '';

  /** `hosts`: the patterns of the servers that may use the sign-in. */
  watch({ id, session }: WebContents, hosts: readonly string[]): void {
    this.#session = session;
    this.#hosts = hosts;
    this.#refused = '';
    session.allowNTLMCredentialsForDomains(hosts.length === 0 ? noServer : hosts.join(','));
    const pages = { urls: ['<all_urls>'], types: ['mainFrame' as const] };
    session.webRequest.onResponseStarted(pages, ({ webContentsId, url, statusCode, responseHeaders }) => {
      if (webContentsId === id)
        this.#refused = statusCode === 401 && wantsOnlyIntegrated(responseHeaders ?? {}) ? url : '';
    });
  }

  /** The view is closed. */
  leave(): void {
    this.#session?.allowNTLMCredentialsForDomains(noServer);
    this.#session = null;
    this.#refused = '';
  }

  /** Why the page at this address was refused. Null for any other reason. `isEmpty`: the server sent no page of its own. */
  failureAt(address: string, isEmpty: boolean): Failure | null {
    if (this.#refused === '' || this.#refused !== address) return null;
    const named = namesHost(this.#hosts, new URL(address).hostname) ? 'yes' : 'no';
    const facts = { host: hostIn(address), named, empty: isEmpty ? 'yes' : undefined };
    return failure('integrated_sign_in', { facts: present(facts) });
  }
}

/** Does a server offer only these schemes (RFC 9110 §11.6.1)? For any other scheme, the person was already asked. */
function wantsOnlyIntegrated(headers: Readonly<Record<string, readonly string[]>>): boolean {
  const name = Object.keys(headers).find((candidate) => candidate.toLowerCase() === 'www-authenticate');
  const offers = (headers[name ?? ''] ?? []).join(', ');
  const isOffered = (schemes: string) => new RegExp(`(?:^|,)\\s*(?:${schemes})(?:[\\s,]|$)`, 'i').test(offers);
  return isOffered('negotiate|ntlm') && !isOffered('basic|digest');
}
