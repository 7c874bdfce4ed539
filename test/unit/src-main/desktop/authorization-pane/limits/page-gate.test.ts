import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CallBudget,
  callsAtOnce,
  gestureLastsMs,
  openingCost,
  PageGate,
  pageUpdateEveryMs,
  PersonGesture,
  refusalsUntilClosed,
} from '../../../../../../src-main/desktop/authorization-pane/limits/page-gate.ts';
import { FakeClock } from '../../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../../fakes/hand-timer.ts';

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
    update: () => told.push({ atMs: clock.monotonicNow(), shown: page.shown }),
  });
  return { timer, page, told, gate, reads: () => reads };
}

describe('the gate between pages and the screen', () => {
  it('passes on the first and the last of 10,000 changes at once', async () => {
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

  it('passes on 10,000 equal changes once, and reads the state only twice', async () => {
    const { gate, page, told, timer, reads } = gateAtHand();
    page.shown = 'refused';
    for (let count = 0; count < 10_000; count += 1) gate.pageChanged();
    await timer.advance(10_000);
    expect(told).toHaveLength(1);
    expect(reads()).toBe(2);
  });

  it('passes on an action of the person at once, also during a flood', async () => {
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

  it('passes on at most 5 changes per second, never the same twice in a row, and always the last state', async () => {
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
        await timer.advance(pageUpdateEveryMs);
        expect(told.at(-1)?.shown).toBe(events.at(-1)?.shown);
        for (const [index, { atMs, shown }] of told.entries()) {
          const next = told[index + 1];
          if (!next) break;
          expect(next.shown).not.toBe(shown);
          expect(next.atMs - atMs).toBeGreaterThanOrEqual(pageUpdateEveryMs);
        }
        await timer.advance(pageUpdateEveryMs);
        expect(timer.count).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the right of a page to open another page', () => {
  const atHand = () => {
    const timer = new HandTimer(new FakeClock());
    return { timer, gesture: new PersonGesture(timer) };
  };

  it('does not come from the page itself or from mouse movements', () => {
    const { gesture } = atHand();
    expect(gesture.use()).toBe(false);
    for (const type of ['mouseMove', 'mouseUp', 'mouseEnter', 'mouseLeave', 'mouseWheel', 'pointerMove', 'undefined'])
      gesture.noteInput(type);
    expect(gesture.use()).toBe(false);
  });

  it.each(['mouseDown', 'rawKeyDown', 'touchEnd', 'gestureTap'])('lasts for one page after %s', (type) => {
    const { gesture } = atHand();
    gesture.noteInput(type);
    expect(Array.from({ length: 300 }, () => gesture.use()).filter(Boolean)).toHaveLength(1);
  });

  it('expires soon after the click', async () => {
    const { gesture, timer } = atHand();
    gesture.noteInput('mouseDown');
    await timer.advance(gestureLastsMs - 1);
    gesture.noteInput('mouseDown');
    await timer.advance(gestureLastsMs);
    expect(gesture.use()).toBe(false);
    expect(timer.count).toBe(0);
  });
});

describe("the budget of a page's calls to the main process", () => {
  const atHand = () => {
    const timer = new HandTimer(new FakeClock());
    let floods = 0;
    const budget = new CallBudget(timer, () => (floods += 1));
    const taken = (asked: number) => Array.from({ length: asked }, () => budget.take()).filter(Boolean).length;
    return { timer, budget, taken, floods: () => floods };
  };

  it('it allows a fixed number at once and per second, and is full again when a person opens a page', async () => {
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

  it('an expensive call takes more of it, and nothing if too little is left', () => {
    const { budget, taken } = atHand();
    const openings = Array.from({ length: 1000 }, () => budget.take(openingCost)).filter(Boolean).length;
    expect(openings).toBe(Math.floor(callsAtOnce / openingCost));
    expect(taken(10_000)).toBe(callsAtOnce % openingCost);
  });

  it('a page that does not stop opening others is closed once', () => {
    const { budget, floods } = atHand();
    const most = (callsAtOnce + refusalsUntilClosed) / openingCost;
    for (let count = 0; count < most - 1; count += 1) budget.take(openingCost);
    expect(floods()).toBe(0);
    for (let count = 0; count < 1000; count += 1) budget.take(openingCost);
    expect(floods()).toBe(1);
  });

  it('a page that does not stop calling is closed once', () => {
    const { taken, floods } = atHand();
    taken(callsAtOnce + refusalsUntilClosed - 1);
    expect(floods()).toBe(0);
    taken(10_000);
    expect(floods()).toBe(1);
  });
});
