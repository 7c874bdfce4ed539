import { describe, expect, it } from 'vitest';
import { RelayedRequests, sendByEither, signInsOf } from '../../../../../src-main/adapters/network/relayed-requests.ts';
import type { HttpOutcome, HttpRequest } from '../../../../../src-main/ports/http.ts';
import { FakeWay } from '../../../../fakes/fake-way.ts';
import { answer, noAnswer } from '../../../../fakes/scripted-http.ts';

const request: HttpRequest = { purpose: 'poll', method: 'POST', url: 'https://auth.example/token' };

describe('the way of a request', () => {
  it('is that of the laptop for the one profile that it helps, until it ends', () => {
    const requests = new RelayedRequests();
    const own = new FakeWay();
    expect(requests.wayOf('p1')).toBeNull();
    requests.begin('p1', own);
    expect(requests.wayOf('p1')).toBe(own);
    for (const other of ['p2', '', undefined]) expect(requests.wayOf(other)).toBeNull();
    requests.end();
    expect(requests.wayOf('p1')).toBeNull();
    expect(requests.wayOf(undefined)).toBeNull();
  });

  it('gives its name and password to its own proxy alone', async () => {
    const signIns = signInsOf(new FakeWay());
    expect(await signIns.of('127.0.0.1:4444')).toEqual({ name: 'n', password: 'p' });
    for (const other of ['127.0.0.1:4445', 'proxy.example:4444', '127.0.0.2:4444', ''])
      expect(await signIns.of(other)).toBeNull();
  });
});

/** Sends a request. `laptop` and `own` are the outcomes of the two ways, and `took` says which ways it took. */
async function sent(
  laptop: HttpOutcome,
  {
    own,
    ownAnswers = own !== undefined,
    laptopAnswers = false,
    way = new FakeWay(),
    request: asked = request,
  }: { own?: HttpOutcome; ownAnswers?: boolean; laptopAnswers?: boolean; way?: FakeWay; request?: HttpRequest } = {},
) {
  const took: string[] = [];
  const take = (name: string, outcome: HttpOutcome) => async () => {
    took.push(name);
    return outcome;
  };
  const { outcome, throughLaptop } = await sendByEither(asked, way, {
    byLaptop: take('laptop', laptop),
    directly: take('own', own ?? noAnswer('network_unreachable', false)),
    answersDirectly: async () => ownAnswers,
    answersByLaptop: async () => laptopAnswers,
  });
  return { outcome, throughLaptop, took, answers: way.answers };
}
const good = answer(200, '{}');

describe('a request through the laptop', () => {
  it('that was not sent has the failure that the laptop gave', async () => {
    const way = new FakeWay('relay_refused');
    for (const code of ['proxy_refused', 'proxy_sign_in'] as const)
      expect((await sent(noAnswer(code, false), { way })).outcome).toMatchObject({
        failure: { code: 'relay_refused', facts: { host: 'auth.example' } },
        maybeDelivered: false,
      });
    expect(way.asked).toEqual(['auth.example:443', 'auth.example:443']);
  });

  it('says that the laptop is gone if the proxy itself is', async () => {
    const { outcome } = await sent(noAnswer('proxy_refused', false), {
      request: { ...request, url: 'https://auth.example:8443/x' },
    });
    expect(outcome).toMatchObject({ failure: { code: 'laptop_gone', facts: { host: 'auth.example:8443' } } });
  });

  it.each([answer(200, '{}'), answer(407, ''), noAnswer('network_unreachable'), noAnswer('request_timeout')])(
    'keeps its outcome otherwise: %j',
    async (outcome) => {
      expect((await sent(outcome, { own: good })).outcome).toBe(outcome);
    },
  );

  it('that was not sent goes directly, if this computer has a way of its own', async () => {
    for (const way of [new FakeWay('relay_refused'), new FakeWay('network_unreachable'), new FakeWay()])
      expect(await sent(noAnswer('proxy_refused', false), { way, own: good })).toMatchObject({
        outcome: good,
        throughLaptop: false,
        took: ['laptop', 'own'],
      });
    expect(await sent(noAnswer('certificate_untrusted', false), { own: good })).toMatchObject({ outcome: good });
  });

  it('that was not sent goes directly without a trial, and has the failure of the laptop if it was not sent there either', async () => {
    const refused = noAnswer('proxy_refused', false);
    const [way, maybe] = [new FakeWay('relay_refused'), noAnswer('request_timeout')];
    expect(await sent(refused, { way, own: good, ownAnswers: false })).toMatchObject({ outcome: good });
    expect((await sent(refused, { way, own: maybe, ownAnswers: false })).outcome).toBe(maybe);
    expect(await sent(refused, { way })).toMatchObject({
      outcome: { failure: { code: 'relay_refused' }, maybeDelivered: false },
      throughLaptop: true,
      took: ['laptop', 'own'],
    });
  });

  it('that may have been sent is never sent a second time', async () => {
    const codes = [
      'network_unreachable',
      'request_timeout',
      'connection_damaged',
      'response_invalid',
      'proxy_refused',
    ] as const;
    for (const code of codes) expect((await sent(noAnswer(code), { own: good })).took).toEqual(['laptop']);
  });

  it('that was cancelled judges nobody and goes no other way', async () => {
    const cancelled = { ...request, signal: AbortSignal.abort() };
    for (const maybe of [true, false])
      expect(await sent(noAnswer('request_timeout', maybe), { own: good, request: cancelled })).toMatchObject({
        took: ['laptop'],
        answers: [],
      });
  });

  it.each<[string, HttpOutcome, readonly boolean[]]>([
    ['an answer', answer(503, ''), [true]],
    ['no answer', noAnswer('request_timeout'), [false]],
    ['a connection that broke', noAnswer('network_unreachable'), [false]],
    ['damaged data', noAnswer('connection_damaged'), [false]],
    ['a connection that the laptop could not make', noAnswer('proxy_refused', false), [false]],
    ['a certificate that is not trusted', noAnswer('certificate_untrusted', false), []],
    ['an answer that is too large', noAnswer('response_too_large'), []],
    ['a redirect', noAnswer('unexpected_redirect'), []],
  ])('notes for %s: %j', async (_name, outcome, answers) => {
    expect((await sent(outcome)).answers).toEqual(answers);
  });

  it('to a host that is not on the list does not put the laptop in doubt', async () => {
    expect((await sent(noAnswer('proxy_refused', false), { way: new FakeWay('relay_refused') })).answers).toEqual([]);
  });
});

describe('a request while the laptop is in doubt', () => {
  const doubted = () => Object.assign(new FakeWay(), { isDoubted: true });

  it('goes directly if this computer has a way of its own', async () => {
    expect(await sent(good, { way: doubted(), own: good })).toMatchObject({
      throughLaptop: false,
      took: ['own'],
      answers: [],
    });
  });

  it('goes through the laptop if only the laptop has a way, which ends the doubt', async () => {
    expect(await sent(good, { way: doubted(), laptopAnswers: true })).toMatchObject({
      outcome: good,
      took: ['laptop'],
      answers: [true, true],
    });
  });

  it('is no POST through the laptop if the laptop has no way: it was not sent, and can be tried later', async () => {
    const way = doubted();
    expect(await sent(good, { way })).toMatchObject({
      outcome: { failure: { code: 'laptop_gone', facts: { host: 'auth.example' } }, maybeDelivered: false },
      took: ['own'],
      answers: [],
    });
    expect(way.isDoubted).toBe(true);
  });

  it('goes directly after all if neither answers a trial, as without a laptop', async () => {
    expect(await sent(good, { way: doubted(), own: good, ownAnswers: false })).toMatchObject({ took: ['own'] });
  });

  it('goes through the laptop without a trial if it is a GET, because nothing can be lost', async () => {
    const get: HttpRequest = { ...request, method: 'GET' };
    expect(await sent(good, { way: doubted(), request: get })).toMatchObject({
      throughLaptop: true,
      took: ['laptop'],
      answers: [true],
    });
  });
});
