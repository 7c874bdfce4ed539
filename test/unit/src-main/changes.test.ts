import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Changes } from '../../../src-main/changes.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { HandTimer } from '../../fakes/hand-timer.ts';
import { settled } from '../../fakes/until.ts';

let timer: HandTimer;
let changes: Changes;
let calls: string[];

beforeEach(() => {
  timer = new HandTimer(new FakeClock());
  changes = new Changes(timer);
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
