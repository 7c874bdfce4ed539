import {
  type CheckId,
  type CheckResult,
  checksOfComputer,
  checksOfServer,
} from '../../src-shared/support/preflight.ts';

const order: readonly CheckId[] = [...checksOfServer, ...checksOfComputer];

/** The results of one server and of the computer in the order of the checks, those of the server first. */
export function inOrder(results: readonly CheckResult[]): readonly CheckResult[] {
  return results.toSorted((one, other) => order.indexOf(one.check) - order.indexOf(other.check));
}
