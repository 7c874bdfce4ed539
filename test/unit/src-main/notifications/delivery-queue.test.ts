import { beforeEach, expect, test } from 'vitest';
import { DeliveryQueue, mostAtOnce } from '../../../../src-main/notifications/delivery-queue.ts';
import { settled } from '../../../fakes/until.ts';

let queue: DeliveryQueue;
let begun: string[];
let ends: Map<string, () => void>;

/** Queues a delivery that runs until a test ends it by its name. */
function add(name: string, level = 1, topic = name): void {
  const deliver = () =>
    new Promise<void>((end) => {
      begun.push(name);
      ends.set(name, end);
    });
  void queue.run(topic, level, deliver);
}

async function end(name: string): Promise<void> {
  ends.get(name)?.();
  await settled();
}

beforeEach(() => {
  queue = new DeliveryQueue();
  begun = [];
  ends = new Map();
});

test('runs several at once, and then the most urgent of those that wait, the first of each level first', async () => {
  const first = Array.from({ length: mostAtOnce }, (_, nth) => `first ${nth}`);
  for (const name of first) add(name);
  for (const [name, level] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
    ['d', 2],
  ] as const)
    add(name, level);
  expect(begun).toEqual(first);
  for (const name of [...first, 'c', 'b', 'd', 'a']) await end(name);
  expect(begun).toEqual([...first, 'c', 'b', 'd', 'a']);
});

test('runs deliveries of one topic one after another, while those of other topics run', async () => {
  add('cause', 1, 'p1/token');
  add('back to normal', 3, 'p1/token');
  add('other');
  expect(begun).toEqual(['cause', 'other']);
  await end('cause');
  expect(begun).toEqual(['cause', 'other', 'back to normal']);
});

test('gives each caller the result of its delivery, and goes on after an error', async () => {
  const failing = queue.run('p1', 1, () => Promise.reject(new Error('broken')));
  const others = Array.from({ length: 10 }, (_, nth) => queue.run(`p2 ${nth}`, 1, async () => nth));
  await expect(failing).rejects.toThrow('broken');
  expect(await Promise.all(others)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
