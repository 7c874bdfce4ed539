import type { IssuerTrust } from '../../../src-shared/pairing/pairing.ts';
import { type Failure, failure } from '../../../src-shared/result.ts';
import { shown } from '../../../src-shared/text/shown-text.ts';
import { requestMetadata } from '../../authorization/discovery.ts';
import { parseIssuerAddress, sameIssuer } from '../../authorization/issuer-address.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Http } from '../../ports/http.ts';
import { entryPlaces, hostWithoutName, relayPlaces } from './allow-list.ts';

/** What an issuer publishes: the hosts that may be reached, and the places where a User Code is entered. */
interface CheckedIssuer {
  readonly trust: IssuerTrust;
  readonly entryPlaces: readonly string[];
}

interface Kept {
  readonly asked: Promise<CheckedIssuer>;
  /** Monotonic, in ms. */
  readonly at: number;
  isFailure: boolean;
}

/** After a failure, an issuer is contacted again no sooner than after this time, in ms, unless a person asks. */
const afterFailureMs = 60_000;

/**
 * What the confirmed issuers publish, kept for one offer, so that a server that keeps changing its issuer causes no flood of requests. Each
 * issuer was confirmed by a person or is one of this laptop's own servers, so they are few.
 */
export class IssuerChecks {
  readonly #deps: { readonly http: Http; readonly clock: Clock };
  readonly #kept = new Map<string, Kept>();

  constructor(deps: { readonly http: Http; readonly clock: Clock }) {
    this.#deps = deps;
  }

  /** `byPerson`: a person asks, so a failed request is tried again at once. */
  check(issuer: string, byPerson: boolean): Promise<CheckedIssuer> {
    const now = this.#deps.clock.monotonicNow();
    // An issuer can be written in many ways.
    const key = [...this.#kept.keys()].find((one) => sameIssuer(one, issuer)) ?? issuer;
    const kept = this.#kept.get(key);
    if (kept && !(kept.isFailure && (byPerson || now - kept.at >= afterFailureMs))) return kept.asked;
    const asked = this.#ask(issuer);
    const own: Kept = { asked, at: now, isFailure: false };
    this.#kept.set(key, own);
    return asked.then((checked) => {
      own.isFailure = checked.trust.state === 'failed';
      return checked;
    });
  }

  async #ask(issuer: string): Promise<CheckedIssuer> {
    // An address without a name is not even asked: no server reaches it through this laptop.
    const address = parseIssuerAddress(issuer);
    const own = address.ok ? nameless([address.value.href]) : null;
    if (own) return own;
    const metadata = await requestMetadata(this.#deps.http, issuer);
    if (!metadata.ok) return failed(hereOf(metadata.failure));
    const published = metadata.value;
    const { device_authorization_endpoint: device, token_endpoint: token, jwks_uri: keys } = published;
    return (
      nameless([published.issuer, device, token, keys]) ?? {
        trust: { state: 'confirmed', hosts: relayPlaces(published) },
        entryPlaces: entryPlaces(published),
      }
    );
  }
}

function nameless(addresses: readonly string[]): CheckedIssuer | null {
  const host = hostWithoutName(addresses);
  return host === null ? null : failed(failure('issuer_without_name', { facts: { host } }));
}

/** The certificate may be one of the company's own authority, which the server's computer trusts. */
function hereOf(found: Failure): Failure {
  return found.code === 'certificate_untrusted'
    ? failure('issuer_untrusted_by_laptop', { facts: { ...found.facts } })
    : found;
}

/** The facts may contain what the Authorization server answered. */
function failed({ code, facts }: Failure): CheckedIssuer {
  return { trust: { state: 'failed', code, ...(facts ? { facts: shown(facts) } : {}) }, entryPlaces: [] };
}
