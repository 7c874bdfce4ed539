import { expect, test } from 'vitest';
import { Turns } from '../../../src-shared/turns.ts';

test('each piece of work begins after the previous one has ended, also if that failed', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  let endFirst = () => {};
  const first = new Promise<void>((resolve) => {
    endFirst = resolve;
  });
  const failing = turns.run(async () => {
    seen.push('first begins');
    await first;
    seen.push('first ends');
    throw new Error('first');
  });
  const second = turns.run(async () => {
    seen.push('second');
    return 2;
  });
  endFirst();
  await expect(failing).rejects.toThrow('first');
  expect(await second).toBe(2);
  expect(seen).toEqual(['first begins', 'first ends', 'second']);
});
