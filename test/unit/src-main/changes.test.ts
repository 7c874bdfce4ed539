import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Changes } from '../../../src-main/changes.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { HandTimer } from '../../fakes/hand-timer.ts';
import { settled } from '../../fakes/until.ts';

let clock: FakeClock;
let timer: HandTimer;
let changes: Changes;
let calls: string[];

beforeEach(() => {
  clock = new FakeClock();
  timer = new HandTimer(clock);
  changes = new Changes(timer, clock);
  calls = [];
});

afterEach(() => vi.unstubAllGlobals());

describe('a change', () => {
  test('is signalled afterwards, once for all changes of the same turn', async () => {
    changes.subscribe(() => calls.push('one'));
    changes.subscribe(() => calls.push('other'));
    changes.notify();
    changes.notify();
    expect(calls).toEqual([]);
    await settled();
    expect(calls).toEqual(['one', 'other']);
  });

  test('is still signalled to other listeners if one fails, and the error is only reported', () => {
    const tasks: (() => void)[] = [];
    vi.stubGlobal('queueMicrotask', (task: () => void) => tasks.push(task));
    changes.subscribe(() => {
      throw new Error('a listener failed');
    });
    changes.subscribe(() => calls.push('other'));
    changes.notify();
    tasks.shift()?.();
    expect(calls).toEqual(['other']);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toThrow('a listener failed');
  });

  test('by a listener is signalled again', async () => {
    changes.subscribe(() => calls.push('called') === 1 && changes.notify());
    changes.notify();
    await settled();
    expect(calls).toHaveLength(2);
  });

  test('is not signalled to a removed listener', async () => {
    const leave = changes.subscribe(() => calls.push('called'));
    leave();
    changes.notify();
    await settled();
    expect(calls).toEqual([]);
  });
});

describe('a change while listeners are slow', () => {
  /** How long the listener takes. */
  let workMs: number;

  /** A change that is signalled at once. */
  async function signalled(): Promise<void> {
    changes.notify();
    await settled();
  }

  beforeEach(() => {
    workMs = 5;
    changes.subscribe(() => {
      clock.advance(workMs);
      calls.push('called');
    });
  });

  test('waits together with the next ones, for twenty times as long as they took', async () => {
    await signalled();
    await signalled();
    expect(calls).toHaveLength(2);
    for (let time = 0; time < 9; time += 1) {
      changes.notify();
      await timer.advance(11);
    }
    expect(calls).toHaveLength(2);
    await timer.advance(1);
    expect(calls).toHaveLength(3);
    await timer.advance(1_000);
    expect(calls).toHaveLength(3);
  });

  test('waits a quarter of a second at most', async () => {
    workMs = 3_000;
    await signalled();
    await signalled();
    changes.notify();
    await timer.advance(249);
    expect(calls).toHaveLength(2);
    await timer.advance(1);
    expect(calls).toHaveLength(3);
  });

  test('waits for nothing if only one signal took long, or all took a short time', async () => {
    await signalled();
    workMs = 4;
    for (let time = 0; time < 4; time += 1) await signalled();
    expect(calls).toHaveLength(5);
    expect(timer.delays).toEqual([]);
  });

  test('waits for nothing if the pause is over', async () => {
    await signalled();
    await signalled();
    await timer.advance(100);
    await signalled();
    expect(calls).toHaveLength(3);
    expect(timer.delays).toEqual([]);
  });

  test('by an act of a person is signalled before that act ends', async () => {
    await signalled();
    await signalled();
    const done = await changes.promptly(async () => {
      changes.notify();
      return 'done';
    });
    expect([done, ...calls]).toEqual(['done', 'called', 'called', 'called']);
    expect(timer.count).toBe(0);
    await timer.advance(1_000);
    expect(calls).toHaveLength(3);
  });

  test('is not signalled earlier because a person reads something', async () => {
    await signalled();
    await signalled();
    changes.notify();
    await changes.promptly(async () => 'read');
    expect(calls).toHaveLength(2);
    await timer.advance(100);
    expect(calls).toHaveLength(3);
  });

  test('is not lost when the console ends, and waits no longer', async () => {
    await signalled();
    await signalled();
    changes.notify();
    changes.stop();
    expect(calls).toHaveLength(3);
    await signalled();
    expect(calls).toHaveLength(4);
    expect(timer.count).toBe(0);
  });
});

describe('the tick', () => {
  beforeEach(() => void changes.subscribe(() => calls.push('called')));

  test('comes once a minute from its start until its stop', async () => {
    await timer.advance(120_000);
    expect(calls).toHaveLength(0);
    changes.begin();
    await timer.advance(60_000);
    await timer.advance(60_000);
    expect(calls).toHaveLength(2);
    changes.stop();
    changes.tickWithin(1_000);
    await timer.advance(120_000);
    expect(calls).toHaveLength(2);
    expect(timer.count).toBe(0);
  });

  test('comes earlier if a state changes sooner, and always within a minute', async () => {
    changes.begin();
    changes.tickWithin(5_000);
    await timer.advance(5_000);
    expect(calls).toHaveLength(1);
    changes.tickWithin(Number.POSITIVE_INFINITY);
    await timer.advance(60_000);
    expect(calls).toHaveLength(2);
  });
});
