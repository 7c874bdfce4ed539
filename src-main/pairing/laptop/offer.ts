import { type OfferEnd, type OfferView, usualPairingPort } from '../../../src-shared/pairing/pairing.ts';
import { type Failure, fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { OfferControl, CodeLink } from './offer-control.ts';
import type { OfferDeps } from './offer-deps.ts';
import { offerLimits } from './offer-limits.ts';
import type { OpenOffer, OpenOfferDeps } from './open-offer.ts';

/**
 * The laptop's offer to help servers get licensed. Its code is loaded only when it starts, and it keeps nothing on disk itself. The list
 * of all servers keeps the last report of each helped server (name, Server ID, organization, hub, dates), and never a code.
 */
export class Offer implements OfferControl {
  readonly #deps: OfferDeps;
  #offer: OpenOffer | null = null;
  #ended: OfferView | null = null;
  #starting: Promise<Result<null>> | null = null;
  #closing: Promise<void> = Promise.resolve();

  constructor(deps: OfferDeps) {
    this.#deps = deps;
  }

  view(): OfferView | null {
    return this.#offer?.view ?? this.#ended;
  }

  start(): Promise<Result<null>> {
    if (this.#offer) return Promise.resolve(succeed(null));
    this.#starting ??= this.#open().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  end(): void {
    this.#end('person');
  }

  /** Call this when the computer wakes up. */
  resume(): void {
    this.#offer?.resume();
  }

  confirmIssuer(pairingId: string, issuer?: string): void {
    const server = this.#serverOf(pairingId);
    const isSeen = issuer === undefined || issuer === server?.shownReport?.issuer;
    if (server && server.bearer !== null && isSeen) this.#offer?.confirmIssuer(server);
  }

  refuseIssuer(pairingId: string, issuer: string): void {
    const server = this.#serverOf(pairingId);
    if (server?.shownReport?.issuer === issuer) this.#offer?.refuseIssuer(server);
  }

  disconnect(pairingId: string): void {
    const server = this.#serverOf(pairingId);
    if (server) this.#offer?.disconnect(server);
  }

  linkFor(pairingId: string): CodeLink | null {
    return this.#serverOf(pairingId)?.link() ?? null;
  }

  dismiss(): void {
    if (!this.#ended) return;
    this.#ended = null;
    this.#deps.onChanged();
  }

  /** Ends it with the console. Resolves once every socket is closed. */
  async close(): Promise<void> {
    await this.#starting;
    this.end();
    await this.#closing;
  }

  #serverOf(pairingId: string) {
    return this.#offer?.servers.find(({ id }) => id === pairingId);
  }

  async #open(): Promise<Result<null>> {
    await this.#closing;
    const { settings = {}, log } = this.#deps;
    const lookUp = async () => settings.addresses?.() ?? (await import('./own-addresses.ts')).ownAddresses();
    const now = await lookUp();
    const opened = now.length === 0 ? fail('help_no_network') : await this.#listen({ now, lookUp });
    if (opened.ok) {
      this.#offer = opened.value;
      this.#ended = null;
      log.info('pairing', 'offered');
    } else {
      this.#ended = this.#failed(opened.failure);
      log.warn('pairing', 'not_offered', { code: opened.failure.code });
    }
    this.#deps.onChanged();
    return opened.ok ? succeed(null) : opened;
  }

  async #listen(addresses: OpenOfferDeps['addresses']): Promise<Result<OpenOffer>> {
    const { settings = {}, log } = this.#deps;
    try {
      // Imported here, because a console that helps nobody needs neither a TLS server nor the proof.
      const { OpenOffer } = await import('./open-offer.ts');
      return await OpenOffer.open({
        ...this.#deps,
        limits: { ...offerLimits, ...settings.limits },
        addresses,
        port: settings.port ?? usualPairingPort,
        onEnd: (end) => this.#end(end),
      });
    } catch (thrown) {
      log.error('pairing', 'offer_fault', thrown);
      return fail('help_port_unusable');
    }
  }

  #end(end: OfferEnd): void {
    const offer = this.#offer;
    if (!offer) return;
    const { endsAt, addresses, wrongFrom, otherVersion } = offer.view;
    const closing = offer.end();
    const { servers } = offer.view;
    this.#offer = null;
    this.#ended = { state: 'ended', end, addresses, code: null, qr: null, endsAt, wrongFrom, otherVersion, servers };
    this.#closing = closing.catch((thrown: unknown) => this.#deps.log.error('pairing', 'end_fault', thrown));
    this.#deps.log.info('pairing', 'offer_ended', { reason: end });
    this.#deps.onChanged();
  }

  #failed({ code }: Failure): OfferView {
    const endsAt = this.#deps.clock.wallNow();
    return {
      state: 'ended',
      end: 'failed',
      failureCode: code,
      addresses: [],
      code: null,
      qr: null,
      endsAt,
      wrongFrom: [],
      otherVersion: null,
      servers: [],
    };
  }
}
