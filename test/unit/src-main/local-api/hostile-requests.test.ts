import { afterAll, beforeAll, expect, it } from 'vitest';
import { problemSchema } from '../../../../src-main/local-api/wire/problem.ts';
import { FakeServedLicense } from '../../../fakes/served-license.ts';
import { LocalApiAtWork, requestText, sendRaw } from '../../../fakes/local-api-at-work.ts';
import { type HostileRequest, hostileRequests, type Surroundings } from './hostile-requests.ts';

let api: LocalApiAtWork;
let secrets: Pick<Surroundings, 'secret' | 'reader' | 'revoked' | 'foreign'>;
beforeAll(async () => {
  api = await LocalApiAtWork.start({ tcp: true });
  api.others.set('gone', new FakeServedLicense('gone'));
  secrets = {
    secret: api.secret(['read', 'token', 'verify']),
    reader: api.secret(['read']),
    revoked: api.secret(['token']),
    foreign: api.secret(['read', 'token', 'verify'], 'gone'),
  };
  api.others.clear();
  api.clients.revoke(api.served.profileId, secrets.revoked.slice(4, 16));
});
afterAll(() => api.close());

interface Outcome {
  readonly refused: boolean;
  readonly leaks: boolean;
  readonly said: string;
}

async function outcomeOf([name, refusals, bytes]: HostileRequest, over: 'socket' | 'tcp'): Promise<Outcome> {
  const answer = await sendRaw(over === 'socket' ? api.socket : api.tcp, bytes);
  const given = answer.text === '' ? 'closed' : answer.status;
  const hasProblem = given === 'closed' || bytes.startsWith('HEAD') || problemOf(answer.json) === given;
  const inner = ['access-token', 'srv-14', ...Object.values(secrets)];
  return {
    refused: refusals.includes(given) && hasProblem,
    leaks:
      inner.some((word) => answer.text.includes(word)) || /access-control-|x-powered-by|\n {4}at /i.test(answer.text),
    said: `${over}: ${name}: ${answer.text === '' ? 'closed' : answer.text.slice(0, 300)}`,
  };
}

function problemOf(json: unknown): number | undefined {
  return problemSchema.safeParse(json).data?.status;
}

it('every hostile request is refused over the socket and over TCP, without a crash and without a leak', async () => {
  const places = [
    { over: 'socket', host: 'localhost', otherHost: `localhost:${api.port}` },
    { over: 'tcp', host: `127.0.0.1:${api.port}`, otherHost: 'localhost' },
  ] as const;
  const outcomes: Outcome[] = [];
  let crashes = 0;
  for (const { over, ...hosts } of places) {
    for (const hostile of hostileRequests({ ...hosts, ...secrets })) {
      outcomes.push(await outcomeOf(hostile, over));
      const good = requestText('POST /v1/verify', {
        secret: secrets.secret,
        host: hosts.host,
        body: '{"token":"a.b.c"}',
      });
      if ((await sendRaw(over === 'socket' ? api.socket : api.tcp, good)).status !== 200) crashes += 1;
    }
  }
  crashes += api.faults.length;
  const refused = outcomes.filter((outcome) => outcome.refused);
  const leaks = outcomes.filter((outcome) => outcome.leaks);
  console.log(
    `${outcomes.length} hostile requests: ${refused.length} refused, ${crashes} crashes, ${leaks.length} leaks`,
  );
  expect(outcomes.filter((outcome) => !outcome.refused || outcome.leaks).map(({ said }) => said)).toEqual([]);
  expect(crashes).toBe(0);
  expect(outcomes.length).toBeGreaterThan(280);
});
