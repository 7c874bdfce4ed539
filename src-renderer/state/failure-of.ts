import { isFailureCode } from '../../src-shared/failure-codes.ts';
import { type Failure, failure } from '../../src-shared/result.ts';

/** The failure with this code, which may come from a console of another version. */
export function failureOf(code: string, facts?: Failure['facts']): Failure {
  return failure(isFailureCode(code) ? code : 'internal_error', facts ? { facts } : {});
}
