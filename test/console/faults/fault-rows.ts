import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { answersOnTheWay } from './faults-on-the-way.ts';
import { refusals, spoiledTokens } from './faults-of-the-server.ts';
import { faultsOfThisComputer } from './faults-of-this-computer.ts';
import type { FaultScene } from './fault-scene.ts';

/**
 * When the console tries again automatically (protocol.md, Refresh). `half_life`: at half of the token's lifetime. `seconds`: once
 * within 2 to 10 s if an answer may have been lost, to use the server's short grace. `minutes`: back-off with full jitter and a
 * ceiling of 1 h, so within 2 minutes at first. `pauseSeconds`: the same after the pause of `Retry-After`. `none`: not until a
 * person has authorized again.
 */
export type NextTry = 'half_life' | 'seconds' | 'minutes' | 'none' | { readonly pauseSeconds: number };

/** One fault and its expected result, written by hand from product.md, protocol.md and screens.md. */
export interface FaultRow {
  readonly what: string;
  /** Changes the console's surroundings before the refresh. */
  readonly arrange?: (scene: FaultScene) => Promise<void> | void;
  /** Plants faults for the next requests. */
  readonly plant?: (scene: FaultScene) => void;
  /** Why the refresh fails, and the headline of that reason; absent if the refresh works despite the fault. */
  readonly fails?: { readonly code: FailureCode; readonly headline: string };
  /**
   * What the page says. `offline`: there is no connection, which is not needed while the token is valid. `answered`:
   * the server answered, so its trouble is named instead. `own`: the failure's own text. `authorize_again`: a person must authorize again.
   */
  readonly says?: 'offline' | 'answered' | 'own' | 'authorize_again';
  readonly next: NextTry;
  /**
   * `way`: the request does not reach the server. `answer`: the fault is the server's own refusal. `behind`: the server handles
   * the request, so the console learns if the server has ended the authorization.
   */
  readonly where: 'way' | 'answer' | 'behind';
  /** The trouble that is shown first, before all others. */
  readonly names?: 'clock' | 'time' | 'keychain';
  /** The fault's permanent damage: a rotating server without grace treats the lost token as stolen. */
  readonly leaves?: 'ended_authorization';
}

export const faultRows: readonly FaultRow[] = [
  ...answersOnTheWay,
  ...refusals,
  ...spoiledTokens,
  ...faultsOfThisComputer,
];
