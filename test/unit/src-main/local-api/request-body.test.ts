import { assert, constantFrom, json, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProofRequest, readVerifyRequest } from '../../../../src-main/local-api/request-body.ts';

describe('the body of a call to verify', () => {
  it('1,000 tokens of any kind come through as they were sent, however the JSON is laid out', () => {
    const layout = constantFrom(undefined, 1, 4, '\t');
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), layout, (token, space) => {
        expect(readVerifyRequest(JSON.stringify({ token }, null, space))).toEqual({ token });
      }),
      { numRuns: 1_000 },
    );
  });

  it('with a member twice is none, however short the other one is', () => {
    const others = ['0', '""', 'null', '{}', '"a.b.c"', '[]'];
    const names = ['token', '\\u0074oken', 'toke\\u006e'];
    for (const other of others)
      for (const name of names)
        for (const token of ['', 'a', 'a.b.c', 'a'.repeat(5_000)]) {
          expect(readVerifyRequest(`{"${name}":${other},"token":"${token}"}`)).toBeNull();
          expect(readVerifyRequest(`{"token":"${token}","${name}":${other}}`)).toBeNull();
        }
  });

  it('with a proof', () => {
    const whole = { token: 'a', proof: { proof: 'p', method: 'GET', url: 'https://x/' } };
    expect(readVerifyRequest(JSON.stringify(whole))).toEqual(whole);
    for (const change of [
      { proof: { ...whole.proof, method: '' } },
      { proof: { ...whole.proof, more: 1 } },
      { proof: null },
    ])
      expect(readVerifyRequest(JSON.stringify({ ...whole, ...change }))).toBeNull();
  });

  it('1,000 values of any kind: read as a request or as none, never thrown', () => {
    assert(
      property(json(), (text) => {
        expect([null, 'object']).toContain(readVerifyRequest(text) === null ? null : 'object');
        expect(readProofRequest(text)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });
});
