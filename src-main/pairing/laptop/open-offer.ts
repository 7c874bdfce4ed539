import type { ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { OfferEnd, OfferView, ServerReport } from '../../../src-shared/pairing/pairing.ts';
import { type Result, succeed } from '../../../src-shared/result.ts';
import { shownText } from '../../../src-shared/text/shown-text.ts';
import { sameIssuer } from '../../authorization/issuer-address.ts';
import { type PairingAddress, shownPairingAddress, wholePairingAddress } from '../pairing-address.ts';
import { groupedCode } from '../pairing-code.ts';
import { isSameSecret, pairingKeys } from '../pairing-keys.ts';
import { pairingQr } from '../pairing-qr.ts';
import { lineEveryMs, mostAddresses, type WireStanding } from '../wire.ts';
import { CalmChanges } from '../calm-changes.ts';
import { Deadline } from '../deadline.ts';
import { CodeGuard, plainAddress } from './code-guard.ts';
import { PairedServer } from './helped-server.ts';
import { makeOfferCertificate } from './offer-certificate.ts';
import type { OfferDeps } from './offer-deps.ts';
import type { OfferLimits } from './offer-limits.ts';
import { IssuerChecks } from './issuer-checks.ts';
import type { OwnAddress } from './own-addresses.ts';
import { OfferListener } from './offer-listener.ts';
import { offerRequests } from './offer-requests.ts';
import { Relay } from './relay.ts';

export interface OpenOfferDeps extends OfferDeps {
  readonly limits: OfferLimits;
  /** The addresses of this computer. */
  readonly addresses: { readonly now: readonly OwnAddress[]; readonly lookUp: () => Promise<readonly OwnAddress[]> };
  readonly port: number;
  /** Called once, when the offer ends without a person. */
  readonly onEnd: (end: OfferEnd) => void;
}

/** An open offer: the socket, the code, and the servers that were paired. */
export class OpenOffer {
  readonly #deps: OpenOfferDeps;
  readonly #fingerprint: string;
  readonly #servers: PairedServer[] = [];
  readonly #reports = new Map<PairedServer, CalmChanges>();
  readonly #relay: Relay;
  readonly #issuers: IssuerChecks;
  readonly #changes: CalmChanges;
  readonly #deadline: Deadline;
  readonly #cancels: (() => void)[] = [];
  #guard!: CodeGuard;
  #listener!: OfferListener;
  #own: readonly OwnAddress[];
  #isOver = false;
  /** Where the wrong codes in a row came from. */
  #wrongFrom: readonly string[] = [];
  #otherVersion: OfferView['otherVersion'] = null;
  /** The refusals that are in the log. Anybody in the network can cause them, so only the first ones are. */
  readonly #loggedVersions = new Set<string>();

  private constructor(deps: OpenOfferDeps, fingerprint: string) {
    this.#deps = deps;
    this.#fingerprint = fingerprint;
    this.#own = deps.addresses.now;
    this.#changes = new CalmChanges(deps.onChanged, deps.timer);
    this.#cancels.push(() => this.#changes.stop());
    this.#issuers = new IssuerChecks(deps);
    this.#deadline = new Deadline(deps.clock, deps.limits.offerMs);
    this.#relay = new Relay({
      limits: deps.limits,
      reach: deps.reach,
      timer: deps.timer,
      onChanged: this.#changes.changed,
      onRefused: (server, reason) => deps.log.warn('pairing', 'relay_refused', { pairing: server.id, reason }),
    });
  }

  /** Makes a certificate and a code, and listens. Failures: `help_port_unusable`. */
  static async open(deps: OpenOfferDeps): Promise<Result<OpenOffer>> {
    const certificate = await makeOfferCertificate(deps.clock.wallNow());
    const offer = new OpenOffer(deps, certificate.fingerprint);
    offer.#guard = await CodeGuard.create({
      fingerprint: certificate.fingerprint,
      wrongCodes: deps.limits.wrongCodes,
      attemptMs: deps.limits.attemptMs,
      timer: deps.timer,
      onWrong: (count, from) => {
        deps.log.warn('pairing', 'wrong_code', { count, from });
        offer.#wrongFrom = count === 1 ? [from] : [...offer.#wrongFrom, from];
        offer.#changes.changed();
      },
      onTooMany: () => offer.#endByItself('wrong_codes'),
    });
    const listening = await OfferListener.open(certificate, deps.limits, offerRequests(offer.#desk()), deps.port);
    if (!listening.ok) return listening;
    offer.#listener = listening.value;
    offer.#conceal();
    offer.#cancels.push(deps.timer.schedule(deps.limits.offerMs, () => offer.#endByItself('time')));
    offer.#keepTelling();
    return succeed(offer);
  }

  get view(): OfferView {
    const { code } = this.#guard;
    const addresses = this.#addresses;
    return {
      state: 'open',
      addresses: addresses.map((one) => ({
        address: shownPairingAddress(one),
        card: shownText(one.card, longestCard),
      })),
      port: this.#listener.port,
      code: code && groupedCode(code),
      qr: code && pairingQr(addresses, code, this.#fingerprint),
      endsAt: this.#deadline.shownAt,
      wrongFrom: this.#wrongFrom,
      otherVersion: this.#otherVersion,
      servers: this.servers.map((server) => ({ ...server.view(), report: server.shownReport })),
    };
  }

  get servers(): readonly PairedServer[] {
    return this.#servers;
  }

  /** Asks the issuer, from this computer, for its hosts. The server may reach only those. `byPerson`: asks again after a failure. */
  confirmIssuer(server: PairedServer, byPerson = true): void {
    const issuer = server.report?.issuer;
    if (issuer === undefined || this.#isOver) return;
    server.confirm(issuer);
    this.#changes.changed();
    void this.#issuers.check(issuer, byPerson).then(({ trust, entryPlaces }) => {
      server.checked(issuer, trust, entryPlaces);
      if (this.#isOver) return;
      this.#deps.log.info('pairing', 'issuer_checked', {
        pairing: server.id,
        code: trust.state === 'failed' ? trust.code : undefined,
      });
      server.send(this.#standing(server));
      this.#changes.changed();
    });
  }

  /** Tells the server's console too, so that nobody waits there. */
  refuseIssuer(server: PairedServer): void {
    server.refuse();
    this.#relay.closeOf(server);
    this.#deps.log.info('pairing', 'issuer_refused', { pairing: server.id });
    server.send(this.#standing(server));
    this.#changes.changed();
  }

  /** Ends the pairing with one server, which is then no longer shown. */
  disconnect(server: PairedServer): void {
    this.#deps.log.info('pairing', 'disconnected', { pairing: server.id });
    this.#reports.get(server)?.finish();
    this.#drop(server);
    this.#changes.changed();
  }

  /** Call this when the computer wakes up: sleep counts too. */
  resume(): void {
    this.#deadline.resume();
    if (this.#isPast) this.#endByItself('time');
  }

  /** Ends it: from now on nothing is opened or paired, and the secrets are forgotten. Resolves once every socket is closed. */
  async end(): Promise<void> {
    if (!this.#isOver) {
      this.#isOver = true;
      for (const cancel of this.#cancels) cancel();
      for (const reports of this.#reports.values()) reports.finish();
      this.#guard.forget();
      this.#relay.closeAll();
      this.#listener.stop();
      const lines = Promise.all(this.#servers.map((server) => server.end()));
      // A console that does not read its last line cannot keep the offer open.
      await Promise.race([lines, new Promise<void>((resolve) => void setTimeout(resolve, longestFarewellMs).unref())]);
    }
    await this.#listener.close();
  }

  #desk(): Parameters<typeof offerRequests>[0] {
    return {
      start: (guesser, message) => (this.#isPast ? 'ended' : this.#guard.start(guesser, message)),
      otherVersion: (guesser, is) => this.#refusedVersion({ from: plainAddress(guesser.remoteAddress), is }),
      finish: (guesser, message) => this.#finish(guesser, message),
      gone: (guesser) => {
        if (!this.#isOver) this.#guard.gone(guesser);
      },
      serverOf: (bearer) => this.#serverOf(bearer),
      proved: (socket, server) => this.#listener.room.proved(socket, server),
      standing: (server) => this.#standing(server),
      report: (server, report) => this.#reported(server, report),
      follow: (server, response) => this.#follow(server, response),
      leave: (server) => void this.#leave(server).catch((thrown: unknown) => this.#fault(thrown)),
      relay: (server, authority, socket, head) =>
        void this.#relay.open(server, authority, socket, head).catch((thrown: unknown) => {
          this.#fault(thrown);
          socket.destroy();
        }),
      fault: (thrown) => this.#fault(thrown),
    };
  }

  #refusedVersion(refused: NonNullable<OfferView['otherVersion']>): void {
    // A console that tries again and again changes nothing.
    if (this.#isPast || isDeepStrictEqual(refused, this.#otherVersion)) return;
    this.#otherVersion = refused;
    const name = `${refused.from} ${refused.is}`;
    if (this.#loggedVersions.size < mostLoggedVersions && !this.#loggedVersions.has(name)) {
      this.#loggedVersions.add(name);
      this.#deps.log.warn('pairing', 'other_version', { code: 'pairing_version', ...refused });
    }
    this.#changes.changed();
  }

  #finish(guesser: object, message: string): PairedServer | null {
    if (this.#isPast) return null;
    const sessionKey = this.#guard.finish(guesser, message);
    if (sessionKey === null) return null;
    const server = new PairedServer(pairingKeys(sessionKey, this.#fingerprint));
    this.#servers.push(server);
    this.#wrongFrom = [];
    this.#otherVersion = null;
    this.#deps.log.info('pairing', 'paired', { pairing: server.id });
    void this.#offerNext().catch((thrown: unknown) => this.#fault(thrown));
    this.#changes.changed();
    return server;
  }

  /** Makes the code for the next server, unless there are as many as one laptop helps at once. */
  async #offerNext(): Promise<void> {
    const paired = this.#servers.filter(({ bearer }) => bearer !== null);
    if (this.#guard.code !== null || paired.length >= this.#deps.limits.servers) return;
    await this.#guard.renew();
    if (this.#isOver) this.#guard.forget();
    this.#conceal();
    this.#changes.changed();
  }

  #serverOf(bearer: string): PairedServer | null {
    if (this.#isPast) return null;
    // Compares with all of them, so that the time reveals nothing.
    const own = this.#servers.filter((server) => isSameSecret(server.bearer ?? '', bearer) && server.bearer !== null);
    return bearer === '' ? null : (own[0] ?? null);
  }

  #reported(server: PairedServer, report: ServerReport): boolean {
    const now = this.#deps.clock.monotonicNow();
    const { reportsInSecond, silentMs } = this.#deps.limits;
    if (!server.mayReport(now, reportsInSecond)) return false;
    // A pairing is for one server only. The console gets the usual answer, so that it does not send an ignored report again.
    if (!server.isAbout(report)) return true;
    const isFirst = server.report === null;
    const isReplaced = (one: PairedServer) => one !== server && one.isReplacedBy(report, isFirst, now, silentMs);
    // The same server was paired before: it left, or its console was restarted, which forgets a pairing.
    for (const before of this.#servers.filter(isReplaced)) this.#drop(before);
    const isUnconfirmed = server.reported(report, this.#deps.clock.wallNow());
    if (isUnconfirmed) {
      this.#relay.closeOf(server);
      if (this.#deps.knownIssuers().some((known) => sameIssuer(known, report.issuer)))
        this.confirmIssuer(server, false);
    }
    this.#passOn(server);
    this.#changes.changed();
    return true;
  }

  #drop(server: PairedServer): void {
    this.#relay.closeOf(server);
    void server.end();
    this.#servers.splice(this.#servers.indexOf(server), 1);
    this.#reports.get(server)?.stop();
    this.#reports.delete(server);
    void this.#offerNext().catch((thrown: unknown) => this.#fault(thrown));
  }

  /** Passes the last report on, at most once a second: the receiver writes it to the disk. */
  #passOn(server: PairedServer): void {
    let reports = this.#reports.get(server);
    if (!reports) {
      const { onReport, timer } = this.#deps;
      reports = new CalmChanges(() => server.shownReport && onReport?.(server.shownReport), timer, betweenReportsMs);
      this.#reports.set(server, reports);
    }
    reports.changed();
  }

  #follow(server: PairedServer, response: ServerResponse): void {
    server.follow(response, this.#deps.clock.monotonicNow(), this.#changes.changed);
    server.send(this.#standing(server));
    this.#changes.changed();
  }

  async #leave(server: PairedServer): Promise<void> {
    this.#deps.log.info('pairing', 'left', { pairing: server.id });
    this.#relay.closeOf(server);
    const ended = server.leave();
    this.#changes.changed();
    await ended;
    await this.#offerNext();
  }

  #standing(server: PairedServer): WireStanding {
    return {
      remainingSeconds: Math.round(this.#deadline.leftMs / 1000),
      isRelaying: server.isRelaying,
      ...(server.trust.state === 'refused' ? { refused: true } : {}),
      // Always, and not only after a change: a console that lost the connection may have missed the change.
      addresses: this.#addresses.slice(0, mostAddresses).map(wholePairingAddress),
    };
  }

  #keepTelling(): void {
    let cancel: () => void = () => {};
    let { shownAt } = this.#deadline;
    const next = () => {
      cancel = this.#deps.timer.schedule(lineEveryMs, () => {
        if (this.#isPast) return this.#endByItself('time');
        this.#deadline.tick();
        if (this.#deadline.shownAt !== shownAt) this.#changes.changed();
        shownAt = this.#deadline.shownAt;
        void this.#look().catch((thrown: unknown) => this.#fault(thrown));
        for (const server of this.#servers) {
          if (server.dropIfSilent(this.#deps.clock.monotonicNow(), this.#deps.limits.silentMs))
            this.#relay.closeOf(server);
          else server.send(this.#standing(server));
        }
        next();
      });
    };
    next();
    this.#cancels.push(() => cancel());
  }

  /** The installer may have carried the laptop into another network. Without any network, the last addresses stay. */
  async #look(): Promise<void> {
    const own = await this.#deps.addresses.lookUp();
    if (this.#isOver || own.length === 0 || isDeepStrictEqual(own, this.#own)) return;
    this.#own = own;
    for (const server of this.#servers) server.send(this.#standing(server));
    this.#changes.changed();
  }

  /** After sleep, timers fire late. */
  get #isPast(): boolean {
    return this.#isOver || this.#deadline.isPast;
  }

  #fault(thrown: unknown): void {
    this.#deps.log.error('pairing', 'request_fault', thrown);
  }

  #endByItself(end: OfferEnd): void {
    if (!this.#isOver) this.#deps.onEnd(end);
  }

  /** No line of the log ever contains the code. */
  #conceal(): void {
    const { code } = this.#guard;
    if (code === null) return;
    this.#deps.log.conceal(code);
    this.#deps.log.conceal(groupedCode(code));
  }

  get #addresses(): readonly (PairingAddress & OwnAddress)[] {
    return this.#own.map((one) => ({ ...one, port: this.#listener.port }));
  }
}

/** In characters. */
const longestCard = 60;
const betweenReportsMs = 1_000;
const mostLoggedVersions = 20;
/** How long the last lines to the servers' consoles may take, in ms. */
const longestFarewellMs = 1_000;
