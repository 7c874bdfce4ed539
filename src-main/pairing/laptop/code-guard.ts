import type { Timer } from '../../ports/timer.ts';
import { makePairingCode } from '../pairing-code.ts';
import { type LaptopAttempt, type LaptopProof, laptopProof } from '../pairing-proof.ts';

interface CodeGuardDeps {
  readonly fingerprint: string;
  readonly wrongCodes: number;
  readonly attemptMs: number;
  readonly timer: Timer;
  /** Called when a wrong code was counted. `from`: the address that it came from. */
  readonly onWrong: (count: number, from: string) => void;
  /** Called once, when so many wrong codes were tried that the offer has to end. */
  readonly onTooMany: () => void;
}

/** A connection that tries a code. It has at most one attempt at a time. */
export interface Guesser {
  readonly remoteAddress?: string | undefined;
}

interface Pending {
  readonly attempt: LaptopAttempt;
  readonly cancel: () => void;
  /** A closed connection no longer has an address. */
  readonly from: string;
}

/**
 * The current code and the attempts at it. Each attempt counts as a wrong code from its start until its finish proves the code, because a
 * caller that guesses wrong sends no finish. So simultaneous attempts do not get around the limit.
 */
export class CodeGuard {
  readonly #deps: CodeGuardDeps;
  readonly #pending = new Map<Guesser, Pending>();
  #code: string | null;
  #proof: LaptopProof | null;
  #wrong = 0;

  private constructor(deps: CodeGuardDeps, code: string, proof: LaptopProof) {
    this.#deps = deps;
    this.#code = code;
    this.#proof = proof;
  }

  static async create(deps: CodeGuardDeps, code = makePairingCode()): Promise<CodeGuard> {
    return new CodeGuard(deps, code, await laptopProof(code, deps.fingerprint));
  }

  /** Null after {@link forget}. A secret. */
  get code(): string | null {
    return this.#code;
  }

  /**
   * Begins an attempt. `malformed`: not a message of the proof, so it is not counted. `busy`: this connection already tries a code, or as
   * many attempts are pending as wrong codes are left.
   */
  start(guesser: Guesser, message: string): { readonly response: string } | 'malformed' | 'busy' {
    if (!this.#proof || this.#pending.has(guesser)) return 'busy';
    if (this.#wrong + this.#pending.size >= this.#deps.wrongCodes) return 'busy';
    const attempt = this.#proof.start(message);
    if (!attempt) return 'malformed';
    const cancel = this.#deps.timer.schedule(this.#deps.attemptMs, () => this.gone(guesser));
    this.#pending.set(guesser, { attempt, cancel, from: plainAddress(guesser.remoteAddress) });
    return { response: attempt.response };
  }

  /** The session key if the attempt of this connection proved the code. Null if not, or if it has none. */
  finish(guesser: Guesser, message: string): string | null {
    const pending = this.#pending.get(guesser);
    const sessionKey = pending?.attempt.finish(message) ?? null;
    if (sessionKey === null) {
      this.gone(guesser);
      return null;
    }
    // A code is for one server only, so other attempts at it are dropped and no longer count as guesses.
    this.#drop();
    this.#proof = null;
    this.#code = null;
    this.#wrong = 0;
    return sessionKey;
  }

  /** Makes the code for the next server. */
  async renew(): Promise<void> {
    const code = makePairingCode();
    const proof = await laptopProof(code, this.#deps.fingerprint);
    this.#code = code;
    this.#proof = proof;
  }

  /** The connection closed, or its time is over: its attempt was a wrong code. */
  gone(guesser: Guesser): void {
    const pending = this.#pending.get(guesser);
    if (!pending) return;
    pending.cancel();
    this.#pending.delete(guesser);
    this.#wrong += 1;
    this.#deps.onWrong(this.#wrong, pending.from);
    if (this.#wrong === this.#deps.wrongCodes) this.#deps.onTooMany();
  }

  /** Drops the code and every attempt. */
  forget(): void {
    this.#drop();
    this.#proof = null;
    this.#code = null;
  }

  #drop(): void {
    for (const { cancel } of this.#pending.values()) cancel();
    this.#pending.clear();
  }
}

/** A socket for both families names an IPv4 address as a mapped one (RFC 4291 §2.5.5.2). */
export function plainAddress(address = ''): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '');
}
