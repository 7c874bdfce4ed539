import type { IssuerTrust } from '../../../src-shared/pairing.ts';
import { requestMetadata } from '../../authorization/discovery.ts';
import { sameIssuer } from '../../authorization/issuer-address.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Http } from '../../ports/http.ts';
import { entryPlaces, relayPlaces } from './allow-list.ts';

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
    const metadata = await requestMetadata(this.#deps.http, issuer);
    if (!metadata.ok) return { trust: { state: 'failed', code: metadata.failure.code }, entryPlaces: [] };
    const hosts = relayPlaces(metadata.value);
    return hosts.length > 0
      ? { trust: { state: 'confirmed', hosts }, entryPlaces: entryPlaces(metadata.value) }
      : { trust: { state: 'failed', code: 'relay_refused' }, entryPlaces: [] };
  }
}
