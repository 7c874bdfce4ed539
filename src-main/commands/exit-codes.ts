import { exitOf } from '../../src-shared/failure-codes.ts';
import type { Failure } from '../../src-shared/result.ts';

/** Exit codes for scripts. README.md has the same table. Which failure has which one is a column of `failure-codes.ts`. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** The command line is wrong; nothing was done. */
  usage: 2,
  /** There is no license. */
  notLicensed: 3,
  /** A person must act on the license, its token, lost settings, the keychain or the clock. */
  personMustAct: 4,
  /** The Authorization server refused, or a peer is not accepted. */
  refused: 5,
  /** The Authorization server could not be reached or could not answer. A later try may succeed. */
  noConnection: 6,
  /** The license that was issued is for another server, edition or type of device, and was not accepted. */
  otherServer: 7,
  cancelled: 130,
} as const;

export function exitCodeOf({ code }: Failure): number {
  return exitCodes[exitOf(code)];
}

/** Which code wins among several servers, the most important first. */
const byWeight = [
  exitCodes.cancelled,
  exitCodes.usage,
  exitCodes.refused,
  exitCodes.otherServer,
  exitCodes.personMustAct,
  exitCodes.notLicensed,
  exitCodes.failed,
  exitCodes.noConnection,
  exitCodes.done,
];

export function worstOf(codes: readonly number[]): number {
  return byWeight.find((code) => codes.includes(code as never)) ?? exitCodes.done;
}
