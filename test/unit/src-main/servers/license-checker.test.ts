import { beforeEach, describe, expect, test } from 'vitest';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { noAnswer } from '../../../fakes/scripted-http.ts';

let console: ConsoleAtWork;
const checker = () => console.services.checker;

beforeEach(async () => {
  console = await ConsoleAtWork.create();
  await console.acquire();
});

describe('Check License Now', () => {
  test('shows that it is checking, then the result, and can be pressed again', async () => {
    expect(checker().view()).toBeNull();
    for (let times = 0; times < 2; times += 1) {
      const checked = checker().run();
      expect(checker().view()).toEqual({ state: 'checking' });
      expect(await checked).toMatchObject({ ok: true });
      expect(checker().view()).toMatchObject({ state: 'done', finding: { kind: 'unchanged' } });
    }
  });

  test('shares one request among calls during a check', async () => {
    const before = console.server.count('token');
    const outcomes = await Promise.all([checker().run(), checker().run()]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    expect(console.server.count('token')).toBe(before + 1);
  });

  test('shows a failure in place of an earlier result', async () => {
    await checker().run();
    console.server.fault = (endpoint) => (endpoint === 'token' ? noAnswer('network_unreachable') : undefined);
    expect((await checker().run()).ok).toBe(false);
    expect(checker().view()).toMatchObject({
      state: 'done',
      finding: { kind: 'failed', failure: { code: 'network_unreachable' } },
    });
    console.server.fault = () => undefined;
    expect((await checker().run()).ok).toBe(true);
    expect(checker().view()).toMatchObject({ finding: { kind: 'unchanged' } });
  });

  test('fails without a license, and does not mention one', async () => {
    await console.services.remove(true);
    expect(await checker().run()).toMatchObject({ ok: false, failure: { code: 'not_licensed' } });
  });

  test('drops its result at the next refresh', async () => {
    await checker().run();
    expect(checker().view()).not.toBeNull();
    console.clock.advance(60_000);
    await console.services.refresh.refreshNow();
    expect(checker().view()).toBeNull();
  });

  test('drops its result when the license is removed', async () => {
    await checker().run();
    await console.services.remove(true);
    expect(checker().view()).toBeNull();
  });
});
