import { describe, expect, it } from 'vitest';
import { outcomeOfWay, RelayedRequests, signInsOf } from '../../../../../src-main/adapters/network/relayed-requests.ts';
import type { HttpRequest } from '../../../../../src-main/ports/http.ts';
import type { RelayWay } from '../../../../../src-main/ports/relay.ts';
import type { FailureCode } from '../../../../../src-shared/failure-codes.ts';
import { answer, noAnswer } from '../../../../fakes/scripted-http.ts';

const way = (refusal: FailureCode | null = null): RelayWay & { readonly asked: string[] } => {
  const asked: string[] = [];
  const refusalOf = (authority: string) => {
    asked.push(authority);
    return refusal;
  };
  return { port: 4444, name: 'n', password: 'p', refusalOf, asked };
};
const request: HttpRequest = { purpose: 'poll', method: 'POST', url: 'https://auth.example/token' };

describe('the route of a request', () => {
  it('is through the laptop for the one profile that it helps, until the pairing ends', () => {
    const requests = new RelayedRequests();
    const own = way();
    expect(requests.wayOf('p1')).toBeNull();
    requests.begin('p1', own);
    expect(requests.wayOf('p1')).toBe(own);
    for (const other of ['p2', '', undefined]) expect(requests.wayOf(other)).toBeNull();
    requests.end();
    expect(requests.wayOf('p1')).toBeNull();
    expect(requests.wayOf(undefined)).toBeNull();
  });

  it('gives its name and password only to its own proxy', async () => {
    const signIns = signInsOf(way());
    expect(await signIns.of('127.0.0.1:4444')).toEqual({ name: 'n', password: 'p' });
    for (const other of ['127.0.0.1:4445', 'proxy.example:4444', '127.0.0.2:4444', ''])
      expect(await signIns.of(other)).toBeNull();
  });
});

describe('the outcome of a request through the laptop', () => {
  it('names what the laptop did, and says that the request was not sent', () => {
    const own = way('relay_refused');
    for (const code of ['proxy_refused', 'proxy_sign_in'] as const)
      expect(outcomeOfWay(noAnswer(code), own, request)).toMatchObject({
        failure: { code: 'relay_refused', facts: { host: 'auth.example' } },
        maybeDelivered: false,
      });
    expect(own.asked).toEqual(['auth.example:443', 'auth.example:443']);
  });

  it('is laptop_gone if the proxy for the laptop is gone', () => {
    const outcome = outcomeOfWay(noAnswer('proxy_refused'), way(), { ...request, url: 'https://auth.example:8443/x' });
    expect(outcome).toMatchObject({ failure: { code: 'laptop_gone', facts: { host: 'auth.example:8443' } } });
  });

  it('stays the same in any other case, since the server may have answered', () => {
    for (const outcome of [
      answer(200, '{}'),
      answer(407, ''),
      noAnswer('network_unreachable'),
      noAnswer('request_timeout'),
    ])
      expect(outcomeOfWay(outcome, way('relay_refused'), request)).toBe(outcome);
  });
});
