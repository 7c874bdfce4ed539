import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { answersOnTheWay } from './faults-on-the-way.ts';
import { refusals, spoiledTokens } from './faults-of-the-server.ts';
import { faultsOfThisComputer } from './faults-of-this-computer.ts';
import type { FaultScene } from './fault-scene.ts';

/**
 * When the console tries again by itself (protocol.md, Refresh): at half of the token's life; once within 2 to 10 s where an
 * answer may have been lost, for the server's short grace; else by full jitter with a ceiling of 1 h, so within 2 minutes at
 * first; what Retry-After asked for comes before that; not at all where a person must authorize first.
 */
export type NextTry = 'half_life' | 'seconds' | 'minutes' | 'none' | { readonly pauseSeconds: number };

/** One fault, and what must come of it, written by hand from product.md, protocol.md and screens.md. */
export interface FaultRow {
  readonly what: string;
  /** What is changed around the console first. */
  readonly arrange?: (scene: FaultScene) => Promise<void> | void;
  /** What is put on the next requests. */
  readonly plant?: (scene: FaultScene) => void;
  /** Why the refresh fails, and the headline of that reason; absent where the refresh works all the same. */
  readonly fails?: { readonly code: FailureCode; readonly headline: string };
  /** Does it say that there is no way to the server (not needed while the token lasts), or has it words of its own? */
  readonly says?: 'offline' | 'own' | 'authorize_again';
  readonly next: NextTry;
  /**
   * `way`: what the server knows is not reached. `answer`: the fault is the server's own refusal. `behind`: the server
   * does its work, so that an authorization that it has ended is found to be ended.
   */
  readonly where: 'way' | 'answer' | 'behind';
  /** What is named before whatever else there is. */
  readonly names?: 'clock' | 'time' | 'keychain';
  /** What the fault leaves behind: a rotating server without any grace takes the lost token for stolen. */
  readonly leaves?: 'ended_authorization';
}

export const faultRows: readonly FaultRow[] = [
  ...answersOnTheWay,
  ...refusals,
  ...spoiledTokens,
  ...faultsOfThisComputer,
];
