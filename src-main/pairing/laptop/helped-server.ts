import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { HelpedServer, IssuerTrust, RelayedHost, ServerReport } from '../../../src-shared/pairing/pairing.ts';
import { shown, shownText } from '../../../src-shared/text/shown-text.ts';
import { sameIssuer } from '../../authorization/issuer-address.ts';
import type { CodeLink } from './offer-control.ts';
import type { PairingKeys } from '../pairing-keys.ts';
import type { WireStanding } from '../wire.ts';
import { linkOf, withReadableCode } from './code-link.ts';

/** How many bytes of lines a server's console may leave unread. */
const mostUnread = 4096;

interface Relayed {
  openConnections: number;
  bytesUp: number;
  bytesDown: number;
}

/** One paired server, as long as its pairing lasts. */
export class PairedServer {
  readonly id = randomUUID();
  readonly words: HelpedServer['words'];
  readonly #relayed = new Map<string, Relayed>();
  #bearer: string | null;
  #report: ServerReport | null = null;
  #reportedAt: number | null = null;
  #reportTimes: readonly number[] = [];
  #follower: ServerResponse | null = null;
  #followedAt = 0;
  #trust: IssuerTrust = { state: 'unconfirmed' };
  /** The issuer that the person, or this laptop's own settings, confirmed. */
  #confirmed: string | null = null;
  /** Where a User Code of that issuer is entered. */
  #entryPlaces: readonly string[] = [];
  #left = false;

  constructor({ bearer, words }: PairingKeys) {
    this.#bearer = bearer;
    this.words = words;
  }

  /** Null once the pairing is over. A secret. */
  get bearer(): string | null {
    return this.#bearer;
  }

  get report(): ServerReport | null {
    return this.#report;
  }

  get trust(): IssuerTrust {
    return this.#trust;
  }

  /** The host of the confirmed issuer. Null without one. */
  get issuerHost(): string | null {
    return this.#confirmed === null ? null : new URL(this.#confirmed).hostname;
  }

  get isRelaying(): boolean {
    return this.#bearer !== null && this.#trust.state === 'confirmed';
  }

  view(): HelpedServer {
    return {
      id: this.id,
      words: this.words,
      connected: this.#follower !== null,
      left: this.#left,
      link: this.#linkKind,
      reportedAt: this.#reportedAt,
      report: this.#report,
      issuer: this.#trust,
      relayed: [...this.#relayed].map(([to, counts]): RelayedHost => ({ to, ...counts })),
    };
  }

  /** False for a report about another server than the first one of this pairing. */
  isAbout({ id }: ServerReport): boolean {
    return this.#report === null || this.#report.id === id;
  }

  /**
   * Does a report of another pairing come from the same server, which has forgotten this one? A console that only reconnects forgets
   * nothing: another computer with the same ID, a copy, may not end its pairing. `isFirst`: the other pairing has not reported before.
   * `now` is monotonic, in ms.
   */
  isReplacedBy({ id }: ServerReport, isFirst: boolean, now: number, silentMs: number): boolean {
    if (this.#report?.id !== id) return false;
    if (this.#bearer === null) return true;
    const isUnused = this.#follower === null && this.openTunnels === 0;
    return isUnused && (isFirst || this.#isSilent(now, silentMs));
  }

  /** Takes a report. True if the server now names another issuer, which nobody has confirmed yet. */
  reported(report: ServerReport, at: number): boolean {
    const isNew = this.#report === null || this.#report.issuer !== report.issuer;
    this.#report = withReadableCode(report);
    this.#reportedAt = at;
    if (!isNew) return false;
    if (this.#confirmed !== null && sameIssuer(this.#confirmed, report.issuer)) return false;
    this.#confirmed = null;
    this.#trust = { state: 'unconfirmed' };
    return true;
  }

  /** False if it made that many reports in the last second. `now` is monotonic, in ms. */
  mayReport(now: number, inSecond: number): boolean {
    const lately = this.#reportTimes.filter((at) => now - at < 1000);
    if (lately.length >= inSecond) return false;
    this.#reportTimes = [...lately, now];
    return true;
  }

  /** A person, or this laptop's own settings, confirm the issuer. */
  confirm(issuer: string): void {
    this.#confirmed = issuer;
    this.#trust = { state: 'checking' };
  }

  /** A person says that the issuer is not theirs. */
  refuse(): void {
    this.#confirmed = null;
    this.#trust = { state: 'refused' };
  }

  /** The result of the check of that issuer. Ignored if another one is confirmed by now. */
  checked(issuer: string, trust: IssuerTrust, entryPlaces: readonly string[] = []): void {
    if (this.#confirmed !== issuer || this.#bearer === null) return;
    this.#trust = trust;
    this.#entryPlaces = entryPlaces;
  }

  /** The report, cleaned for people to see. */
  get shownReport(): ServerReport | null {
    return this.#report && shown(this.#report);
  }

  /**
   * What may be opened for the User Code. Without a link that may be opened, it is the Authorization server's start page. Null if the
   * issuer is not confirmed, or if there is no code.
   */
  link(): CodeLink | null {
    const userCode = shownText(this.#report?.acquisition.userCode ?? '', 100);
    if (this.#trust.state !== 'confirmed' || this.#confirmed === null || userCode === '') return null;
    const ownPage = { address: this.#confirmed, userCode, filledIn: false };
    return { issuer: this.#confirmed, ...(this.#ownLink ?? ownPage) };
  }

  get #ownLink(): Omit<CodeLink, 'issuer'> | null {
    return this.#report && linkOf(this.#report.acquisition, this.#entryPlaces);
  }

  get #linkKind(): HelpedServer['link'] {
    const link = this.#trust.state === 'confirmed' ? this.#ownLink : null;
    if (!link) return 'none';
    return link.filledIn ? 'filled_in' : 'plain';
  }

  /** Closes the connection of a console that was silent for too long: its computer may have lost power. `now` is monotonic, in ms. */
  dropIfSilent(now: number, silentMs: number): boolean {
    if (!this.#follower || !this.#isSilent(now, silentMs)) return false;
    this.#follower.destroy();
    return true;
  }

  #isSilent(now: number, silentMs: number): boolean {
    return now - Math.max(this.#followedAt, this.#reportTimes.at(-1) ?? 0) >= silentMs;
  }

  /** This response follows the pairing from now on. The previous one ends. `now` is monotonic, in ms. */
  follow(response: ServerResponse, now: number, onGone: () => void): void {
    this.#followedAt = now;
    const before = this.#follower;
    this.#follower = response;
    before?.destroy();
    response.once('close', () => {
      if (this.#follower !== response) return;
      this.#follower = null;
      onGone();
    });
  }

  /** Writes a line to the server's console, if it follows. */
  send(standing: WireStanding): void {
    const follower = this.#follower;
    if (!follower) return;
    // A console that does not read is closed.
    if (follower.writableLength > mostUnread) follower.destroy();
    else follower.write(`${JSON.stringify(standing)}\n`);
  }

  /** The counts of the connections to one place. */
  countsOf(place: string): Relayed {
    const counts = this.#relayed.get(place) ?? { openConnections: 0, bytesUp: 0, bytesDown: 0 };
    this.#relayed.set(place, counts);
    return counts;
  }

  get openTunnels(): number {
    return [...this.#relayed.values()].reduce((sum, { openConnections }) => sum + openConnections, 0);
  }

  /** The server's console ends the pairing. Resolves once its last line is written. */
  leave(): Promise<void> {
    this.#left = true;
    return this.end();
  }

  /** The pairing is over: writes the last line and forgets the secret. Resolves once the line is written. */
  async end(): Promise<void> {
    this.#bearer = null;
    const follower = this.#follower;
    this.#follower = null;
    if (!follower || follower.destroyed) return;
    await new Promise<void>((resolve) => {
      follower.once('close', resolve);
      follower.end(`${JSON.stringify({ end: true })}\n`, resolve);
    });
  }
}
