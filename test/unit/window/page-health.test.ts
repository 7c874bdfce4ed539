import { describe, expect, it } from 'vitest';
import { hangsAfterMs, looksEveryMs, mostMemoryKb, PageHealth } from '../../../src-main/window/page-health.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { HandTimer } from '../../fakes/hand-timer.ts';

function pageAtHand() {
  const timer = new HandTimer(new FakeClock());
  const page = { hangs: false, gone: false, memoryKb: 100_000, asked: 0 };
  const said: string[] = [];
  const waiting: (() => void)[] = [];
  const letGo = () => {
    page.hangs = false;
    for (const answer of waiting) answer();
  };
  const health = new PageHealth({
    timer,
    ask: async () => {
      page.asked += 1;
      if (page.gone) throw new Error('Render frame was disposed');
      if (page.hangs) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    memoryKb: () => page.memoryKb,
    onHang: () => said.push('hangs'),
    onAnswer: () => said.push('answers'),
    onTooLarge: () => said.push('too large'),
  });
  return { timer, page, said, health, letGo };
}

describe('a page is watched while it is there', () => {
  it('one that answers is asked again and again', async () => {
    const { health, timer, page, said } = pageAtHand();
    health.watch();
    await timer.advance(looksEveryMs * 10);
    expect(page.asked).toBe(10);
    expect(new Set(said)).toEqual(new Set(['answers']));
  });

  it('one that hangs is told, and that it answers again', async () => {
    const { health, timer, page, said, letGo } = pageAtHand();
    page.hangs = true;
    health.watch();
    await timer.advance(looksEveryMs + hangsAfterMs);
    expect(said).toEqual(['hangs']);
    letGo();
    await timer.advance(looksEveryMs);
    expect(said.at(-1)).toBe('answers');
  });

  it('one that is gone, or that another has come after, does not hang', async () => {
    const { health, timer, page, said } = pageAtHand();
    page.hangs = true;
    health.watch();
    await timer.advance(looksEveryMs);
    page.hangs = false;
    health.pageCame();
    page.gone = true;
    await timer.advance(hangsAfterMs * 3);
    expect(said).not.toContain('hangs');
  });

  it('one that takes too much memory is told at the next look, also while it hangs', async () => {
    const { health, timer, page, said } = pageAtHand();
    page.hangs = true;
    health.watch();
    await timer.advance(looksEveryMs);
    page.memoryKb = mostMemoryKb + 1;
    await timer.advance(looksEveryMs);
    expect(said).toEqual(['too large']);
  });

  it('no timer runs for a page that was closed, and nothing more is told of it', async () => {
    const { health, timer, page, said } = pageAtHand();
    page.hangs = true;
    health.watch();
    await timer.advance(looksEveryMs * 2);
    health.stop();
    page.memoryKb = mostMemoryKb + 1;
    await timer.advance(hangsAfterMs * 3);
    expect(timer.count).toBe(0);
    expect(said).toEqual([]);
  });
});

describe('a person who goes elsewhere', () => {
  it.each([
    ['answers', false, true],
    ['hangs', true, false],
  ])('the page %s', async (_name, hangs, answers) => {
    const { health, timer, page } = pageAtHand();
    page.hangs = hangs;
    const answered = health.answersWithin(2000);
    await timer.advance(1);
    await timer.advance(1999);
    expect(await answered).toBe(answers);
    expect(timer.count).toBe(0);
  });
});
