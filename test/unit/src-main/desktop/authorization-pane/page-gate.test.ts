import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CallBudget,
  callsAtOnce,
  gestureLastsMs,
  openingCost,
  PageGate,
  pageTellsEveryMs,
  PersonGesture,
  refusalsUntilClosed,
} from '../../../../../src-main/desktop/authorization-pane/page-gate.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../fakes/hand-timer.ts';

function gateAtHand() {
  const clock = new FakeClock();
  const timer = new HandTimer(clock);
  const page = { shown: '' };
  const told: { readonly atMs: number; readonly shown: string }[] = [];
  let reads = 0;
  const gate = new PageGate({
    timer,
    read: () => {
      reads += 1;
      return page.shown;
    },
    tell: () => told.push({ atMs: clock.monotonicNow(), shown: page.shown }),
  });
  return { timer, page, told, gate, reads: () => reads };
}

describe('what pages cause reaches the screen at a bounded rate', () => {
  it('10,000 changes at once are told once, and once more what they came to', async () => {
    const { gate, page, told, timer, reads } = gateAtHand();
    for (let count = 0; count < 10_000; count += 1) {
      page.shown = `state ${count}`;
      gate.pageChanged();
    }
    await timer.advance(10_000);
    expect(told.map(({ shown }) => shown)).toEqual(['state 0', 'state 9999']);
    expect(reads()).toBe(2);
    expect(timer.count).toBe(0);
  });

  it('10,000 times the same is told once, and hardly read', async () => {
    const { gate, page, told, timer, reads } = gateAtHand();
    page.shown = 'refused';
    for (let count = 0; count < 10_000; count += 1) gate.pageChanged();
    await timer.advance(10_000);
    expect(told).toHaveLength(1);
    expect(reads()).toBe(2);
  });

  it('what a person does in the console is told at once, also in the middle of a flood', async () => {
    const { gate, page, told, timer } = gateAtHand();
    for (let count = 0; count < 100; count += 1) {
      page.shown = `state ${count}`;
      gate.pageChanged();
    }
    page.shown = 'home';
    gate.personChanged();
    expect(told.map(({ shown }) => shown)).toEqual(['state 0', 'home']);
    await timer.advance(10_000);
    expect(told).toHaveLength(2);
  });

  it('any sequence: in any second no more than 5 are told, no two are equal, and the last state is told', async () => {
    const event = record({
      waitMs: oneof(integer({ min: 0, max: 3 }), integer({ min: 0, max: 700 })),
      shown: constantFrom('a', 'b', 'c', 'd'),
    });
    await assert(
      asyncProperty(array(event, { maxLength: 60 }), async (events) => {
        const { gate, page, told, timer } = gateAtHand();
        for (const { waitMs, shown } of events) {
          await timer.advance(waitMs);
          page.shown = shown;
          gate.pageChanged();
        }
        await timer.advance(pageTellsEveryMs);
        expect(told.at(-1)?.shown).toBe(events.at(-1)?.shown);
        for (const [index, { atMs, shown }] of told.entries()) {
          const next = told[index + 1];
          if (!next) break;
          expect(next.shown).not.toBe(shown);
          expect(next.atMs - atMs).toBeGreaterThanOrEqual(pageTellsEveryMs);
        }
        await timer.advance(pageTellsEveryMs);
        expect(timer.count).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a page opens another one only for a click or a key of a person', () => {
  const atHand = () => {
    const timer = new HandTimer(new FakeClock());
    return { timer, gesture: new PersonGesture(timer) };
  };

  it('never by itself, and not because the mouse passes over it', () => {
    const { gesture } = atHand();
    expect(gesture.use()).toBe(false);
    for (const type of ['mouseMove', 'mouseUp', 'mouseEnter', 'mouseLeave', 'mouseWheel', 'pointerMove', 'undefined'])
      gesture.heard(type);
    expect(gesture.use()).toBe(false);
  });

  it.each(['mouseDown', 'rawKeyDown', 'touchEnd', 'gestureTap'])('one for a %s', (type) => {
    const { gesture } = atHand();
    gesture.heard(type);
    expect(Array.from({ length: 300 }, () => gesture.use()).filter(Boolean)).toHaveLength(1);
  });

  it('not long after', async () => {
    const { gesture, timer } = atHand();
    gesture.heard('mouseDown');
    await timer.advance(gestureLastsMs - 1);
    gesture.heard('mouseDown');
    await timer.advance(gestureLastsMs);
    expect(gesture.use()).toBe(false);
    expect(timer.count).toBe(0);
  });
});

describe('what a page asks main for', () => {
  const atHand = () => {
    const timer = new HandTimer(new FakeClock());
    let floods = 0;
    const budget = new CallBudget(timer, () => (floods += 1));
    const taken = (asked: number) => Array.from({ length: asked }, () => budget.take()).filter(Boolean).length;
    return { timer, budget, taken, floods: () => floods };
  };

  it('so much at once and so much a second; a person who opens a page begins with all of it', async () => {
    const { timer, budget, taken, floods } = atHand();
    expect(taken(callsAtOnce + 10)).toBe(callsAtOnce);
    let later = 0;
    for (let second = 0; second < 10; second += 1) {
      await timer.advance(1000);
      later += taken(210);
    }
    expect(later).toBe(2000);
    expect(floods()).toBe(0);
    budget.reset();
    expect(taken(10_000)).toBe(callsAtOnce);
    await timer.advance(60_000);
    expect(timer.count).toBe(0);
    expect(taken(10_000)).toBe(callsAtOnce);
  });

  it('a dearer call takes more; where too little is left, it takes nothing', () => {
    const { budget, taken } = atHand();
    const openings = Array.from({ length: 1000 }, () => budget.take(openingCost)).filter(Boolean).length;
    expect(openings).toBe(Math.floor(callsAtOnce / openingCost));
    expect(taken(10_000)).toBe(callsAtOnce % openingCost);
  });

  it('a page that opens others without end is closed, once', () => {
    const { budget, floods } = atHand();
    const most = (callsAtOnce + refusalsUntilClosed) / openingCost;
    for (let count = 0; count < most - 1; count += 1) budget.take(openingCost);
    expect(floods()).toBe(0);
    for (let count = 0; count < 1000; count += 1) budget.take(openingCost);
    expect(floods()).toBe(1);
  });

  it('a page that does not stop is closed, once', () => {
    const { taken, floods } = atHand();
    taken(callsAtOnce + refusalsUntilClosed - 1);
    expect(floods()).toBe(0);
    taken(10_000);
    expect(floods()).toBe(1);
  });
});
