import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import type { LaptopView } from '../../../src-shared/pairing/laptop-view.ts';
import type { ServerReport } from '../../../src-shared/pairing/pairing.ts';
import { present } from '../../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { LaptopControl } from '../../servers/helped-by-laptop.ts';
import type { RelayControl } from '../../ports/relay.ts';
import type { Timer } from '../../ports/timer.ts';
import { Deadline } from '../deadline.ts';
import { type PairingAddress, readPairingAddress, shownPairingAddress } from '../pairing-address.ts';
import { type PairingText, readPairingText } from '../pairing-qr.ts';
import { clockToleranceMs } from '../../time/clock-check.ts';
import { longestOfferMs } from '../wire.ts';
import type { PairedLaptop, PairedLimits } from './paired-laptop.ts';
import type { ProvenLaptop } from './prove-code.ts';

export interface LaptopPairingDeps {
  /** What the laptop may know about this server profile. Null if there is no profile with that ID. */
  readonly report: (profileId: string) => ServerReport | null;
  readonly relay: RelayControl;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChanged: () => void;
  /** The laptop answers again, so requests that wait for a connection can be sent now. */
  readonly onBack?: (profileId: string) => void;
  /** Did a server confirm this computer's clock? The laptop's time then says nothing about it. */
  readonly isClockConfirmed: () => boolean;
  readonly limits?: Partial<PairedLimits>;
}

const usualLimits: PairedLimits = {
  connectMs: 5_000,
  answerMs: 10_000,
  tunnelMs: 20_000,
  goneMs: 15_000,
  tryAgainMs: 2_000,
  reportEveryMs: 5_000,
  reportPauseMs: 500,
};

/** The laptop that helps a server of this console. At most one at a time. Nothing about it is stored on disk. */
export class LaptopPairing implements LaptopControl {
  readonly #deps: LaptopPairingDeps;
  readonly #limits: PairedLimits;
  #view: LaptopView | null = null;
  #paired: PairedLaptop | null = null;
  #cancelEnd: () => void = () => {};
  #deadline: Deadline | null = null;
  /** The laptop's clock minus this console's monotonic time, in ms. Null until the laptop has said it. */
  #laptopOffsetMs: number | null = null;
  #reportedAheadMs: number | null = null;
  #closing: Promise<unknown> = Promise.resolve();
  /** Increases with each attempt, so that an abandoned attempt no longer changes anything. */
  #attempt = 0;

  constructor(deps: LaptopPairingDeps) {
    this.#deps = deps;
    this.#limits = { ...usualLimits, ...deps.limits };
  }

  view(): LaptopView | null {
    const [view, paired] = [this.#view, this.#paired];
    if (view?.state !== 'paired' || !paired) return view;
    const clockAheadMs = this.#clockAheadMs ?? undefined;
    return present({ ...view, endsAt: this.#deadline?.shownAt ?? view.endsAt, way: paired.way, clockAheadMs });
  }

  /** Null if both clocks agree, or if that is not known or does not matter. */
  get #clockAheadMs(): number | null {
    const { clock, isClockConfirmed } = this.#deps;
    if (this.#laptopOffsetMs === null || isClockConfirmed()) return null;
    const aheadMs = this.#laptopOffsetMs + clock.monotonicNow() - clock.wallNow();
    // An answer has only seconds, and is a little old.
    return Math.abs(aheadMs) > clockToleranceMs ? Math.round(aheadMs / minuteMs) * minuteMs : null;
  }

  /** The laptop is no proof of the time. So this is only shown, and trusted time never learns it. */
  #noteTime(at: number): void {
    this.#laptopOffsetMs = at - this.#deps.clock.monotonicNow();
    const aheadMs = this.#clockAheadMs;
    if (aheadMs === this.#reportedAheadMs) return;
    this.#reportedAheadMs = aheadMs;
    this.#deps.onChanged();
  }

  async pair(profileId: string, address: string, typedCode: string, until?: AbortSignal): Promise<Result<null>> {
    const text = readPairingText(typedCode);
    const addresses = text && addressesOf(address, text);
    if (!addresses) {
      const code = text ? 'pairing_address_invalid' : 'pairing_code_invalid';
      this.#deps.log.warn('pairing', 'not_paired', { server: profileId, code });
      return fail(code);
    }
    this.#stop(null);
    const attempt = ++this.#attempt;
    const endThisOne = () => {
      if (attempt === this.#attempt) this.end();
    };
    until?.addEventListener('abort', endThisOne, { once: true });
    const typedAddress = shownPairingAddress(addresses[0] ?? { host: '', port: 0 });
    this.#show({ state: 'connecting', profileId, address: typedAddress });
    const proven = await this.#prove(addresses, text);
    if (attempt !== this.#attempt) return fail('pairing_ended');
    if (!proven.ok) {
      this.#deps.log.warn('pairing', 'not_paired', { server: profileId, code: proven.failure.code });
      this.#show({ state: 'ended', profileId, address: typedAddress, failureCode: proven.failure.code });
      return proven;
    }
    return this.#begin(profileId, proven.value, attempt);
  }

  end(): void {
    this.#attempt += 1;
    const { state, profileId = '', address = '' } = this.#view ?? {};
    this.#stop(true);
    this.#show(state === 'paired' ? { state: 'ended', profileId, address } : null);
  }

  /** Call when the state of a server may have changed: the laptop then gets a report. */
  look(): void {
    this.#paired?.look();
  }

  /** Ends it with the console. Resolves once every socket is closed. */
  async close(): Promise<void> {
    this.end();
    await this.#closing;
  }

  async #prove(addresses: readonly PairingAddress[], text: PairingText): Promise<Result<ProvenLaptop>> {
    try {
      // Imported here, because a console that no laptop helps needs no proof.
      const { proveCode } = await import('./prove-code.ts');
      return await proveCode(addresses, text, this.#limits);
    } catch (thrown) {
      this.#deps.log.error('pairing', 'pair_fault', thrown);
      return fail('internal_error');
    }
  }

  async #begin(profileId: string, laptop: ProvenLaptop, attempt: number): Promise<Result<null>> {
    const { PairedLaptop } = await import('./paired-laptop.ts');
    if (attempt !== this.#attempt) return fail('pairing_ended');
    const paired = new PairedLaptop({
      profileId,
      laptop,
      limits: this.#limits,
      timer: this.#deps.timer,
      relay: this.#deps.relay,
      report: () => this.#deps.report(profileId),
      onChanged: this.#deps.onChanged,
      onGone: (isGone) => {
        if (isGone) this.#deps.log.warn('pairing', 'gone', { server: profileId, code: 'laptop_gone' });
        else this.#deps.log.info('pairing', 'back', { server: profileId });
      },
      onBack: () => this.#deps.onBack?.(profileId),
      onDoubted: (isDoubted) => {
        if (isDoubted) this.#deps.log.warn('pairing', 'unanswered', { server: profileId });
        else this.#deps.log.info('pairing', 'trusted_again', { server: profileId });
      },
      onTime: (at) => this.#noteTime(at),
      onRefused: () => this.#deps.log.warn('pairing', 'refused', { server: profileId, code: 'issuer_refused' }),
      onEnd: () => this.#over('pairing_ended'),
    });
    this.#paired = paired;
    const lifeMs = Math.min(laptop.standing.remainingSeconds * 1000, longestOfferMs);
    const deadline = new Deadline(this.#deps.clock, lifeMs);
    this.#deadline = deadline;
    this.#cancelEnd = this.#deps.timer.schedule(lifeMs, () => this.#over('pairing_ended'));
    this.#deps.log.info('pairing', 'paired', { server: profileId });
    this.#show({
      state: 'paired',
      profileId,
      address: shownPairingAddress(laptop.address),
      words: laptop.words,
      endsAt: deadline.shownAt,
      way: paired.way,
    });
    try {
      await paired.begin();
      return succeed(null);
    } catch (thrown) {
      this.#deps.log.error('pairing', 'pair_fault', thrown);
      this.#over('internal_error');
      return fail('internal_error');
    }
  }

  #over(failureCode: FailureCode): void {
    const { profileId = '', address = '' } = this.#view ?? {};
    this.#stop(false);
    this.#deps.log.info('pairing', 'ended', { server: profileId, code: failureCode });
    this.#show({ state: 'ended', profileId, address, failureCode });
  }

  #stop(isOurs: boolean | null): void {
    this.#cancelEnd();
    const paired = this.#paired;
    this.#paired = null;
    this.#laptopOffsetMs = null;
    this.#reportedAheadMs = null;
    if (!paired) return;
    this.#closing = paired
      .end(isOurs !== false)
      .catch((thrown: unknown) => this.#deps.log.error('pairing', 'end_fault', thrown));
  }

  #show(view: LaptopView | null): void {
    this.#view = view;
    this.#deps.onChanged();
  }
}

const minuteMs = 60_000;

/** Null if the typed text is not an address. The text of a QR code names addresses itself. */
function addressesOf(typed: string, { addresses }: PairingText): readonly PairingAddress[] | null {
  const address = readPairingAddress(typed);
  if (typed.trim() === '' && addresses.length > 0) return addresses;
  return address && [address];
}
