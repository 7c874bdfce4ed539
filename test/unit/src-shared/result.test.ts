import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import { causeOf, failure, mayRevokeLater } from '../../../src-shared/result.ts';

describe('the failure that caused another one', () => {
  it.each([
    [undefined, undefined],
    ['request_timeout', 'request_timeout'],
    // The fact `cause` of other failures is not a failure code.
    ['no_network', undefined],
  ])('is for the cause %s: %s', (cause, code) => {
    expect(causeOf(failure('revocation_failed', cause ? { facts: { cause } } : {}))).toBe(code);
  });
});

describe('another revocation request', () => {
  it.each<[FailureCode, string | undefined, boolean]>([
    ['revocation_failed', undefined, true],
    ['revocation_failed', 'server_error', true],
    ['revocation_failed', 'invalid_client', true],
    ['revocation_failed', 'token_issuer_mismatch', false],
    ['revocation_failed', 'secret_store_damaged', false],
    ['revocation_refused', undefined, false],
    ['revocation_not_offered', undefined, false],
  ])('may succeed after %s because of %s: %s', (code, cause, may) => {
    expect(mayRevokeLater(failure(code, cause ? { facts: { cause } } : {}))).toBe(may);
  });
});
