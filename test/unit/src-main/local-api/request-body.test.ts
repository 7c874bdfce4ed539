import { assert, constantFrom, json, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProofRequest, readVerifyRequest } from '../../../../src-main/local-api/request-body.ts';

describe('the body of a call to verify', () => {
  it('is read unchanged for 1,000 random tokens in any JSON layout', () => {
    const layout = constantFrom(undefined, 1, 4, '\t');
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), layout, (token, space) => {
        expect(readVerifyRequest(JSON.stringify({ token }, null, space))).toEqual({ token });
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused if a member occurs twice', () => {
    const others = ['0', '""', 'null', '{}', '"a.b.c"', '[]'];
    const names = ['token', '\\u0074oken', 'toke\\u006e'];
    for (const other of others)
      for (const name of names)
        for (const token of ['', 'a', 'a.b.c', 'a'.repeat(5_000)]) {
          expect(readVerifyRequest(`{"${name}":${other},"token":"${token}"}`)).toBeNull();
          expect(readVerifyRequest(`{"token":"${token}","${name}":${other}}`)).toBeNull();
        }
  });

  it('may contain a proof, which must be well formed', () => {
    const whole = { token: 'a', proof: { proof: 'p', method: 'GET', url: 'https://x/' } };
    expect(readVerifyRequest(JSON.stringify(whole))).toEqual(whole);
    for (const change of [
      { proof: { ...whole.proof, method: '' } },
      { proof: { ...whole.proof, more: 1 } },
      { proof: null },
    ])
      expect(readVerifyRequest(JSON.stringify({ ...whole, ...change }))).toBeNull();
  });

  it('never throws, for 1,000 random JSON values', () => {
    assert(
      property(json(), (text) => {
        expect([null, 'object']).toContain(readVerifyRequest(text) === null ? null : 'object');
        expect(readProofRequest(text)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});
