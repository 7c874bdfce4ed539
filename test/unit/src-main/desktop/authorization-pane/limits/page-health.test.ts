import { describe, expect, it } from 'vitest';
import {
  hangsAfterMs,
  latestMs,
  looksEveryMs,
  mostGrowthKb,
  mostMemoryKb,
  PageHealth,
  worksFrom,
} from '../../../../../../src-main/desktop/authorization-pane/limits/page-health.ts';
import { FakeClock } from '../../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../../fakes/hand-timer.ts';

function pageAtHand() {
  const clock = new FakeClock();
  const timer = new HandTimer(clock);
  const page = { hangs: false, gone: false, memoryKb: 100_000, asked: 0, share: 0, workedMs: 0 };
  const main = { memoryKb: 90_000, lateMs: 0, share: 1, workedMs: 0 };
  let before = 0;
  const use = () => {
    const atMs = clock.monotonicNow() + main.lateMs;
    page.workedMs += (atMs - before) * page.share;
    main.workedMs += (atMs - before) * main.share;
    before = atMs;
    const { memoryKb: mainKb, workedMs: mainMs } = main;
    return { atMs, pagesKb: page.memoryKb, pagesMs: page.workedMs, mainKb, mainMs };
  };
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
    use,
    onHang: () => said.push('hangs'),
    onAnswer: () => said.push('answers'),
    onTooLarge: () => said.push('too large'),
    onBusy: () => said.push('busy'),
  });
  return { timer, page, main, said, health, letGo };
}

describe('the health check of a page', () => {
  it('keeps asking a page that answers', async () => {
    const { health, timer, page, said } = pageAtHand();
    health.watch();
    await timer.advance(looksEveryMs * 10);
    expect(page.asked).toBe(10);
    expect(new Set(said)).toEqual(new Set(['answers']));
  });

  it('reports when a page hangs and when it answers again', async () => {
    const { health, timer, page, said, letGo } = pageAtHand();
    page.hangs = true;
    health.watch();
    await timer.advance(looksEveryMs + hangsAfterMs);
    expect(said).toEqual(['hangs']);
    letGo();
    await timer.advance(looksEveryMs);
    expect(said.at(-1)).toBe('answers');
  });

  it('does not report a page as hanging that is gone or was replaced by another', async () => {
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

  it('reports a page with too much memory at the next check, also while it hangs', async () => {
    const { health, timer, page, said } = pageAtHand();
    page.hangs = true;
    health.watch();
    await timer.advance(looksEveryMs);
    page.memoryKb = mostMemoryKb + 1;
    await timer.advance(looksEveryMs);
    expect(said).toEqual(['too large']);
  });

  describe('if the main process grows', () => {
    const grown = async (growthKb: number, share: number) => {
      const scene = pageAtHand();
      scene.page.share = share;
      scene.health.watch();
      scene.main.memoryKb += growthKb;
      await scene.timer.advance(looksEveryMs);
      return scene;
    };

    it.each([
      ['within the limit for a page', mostGrowthKb, 1, 'answers'],
      ['by more, while the page is idle', mostGrowthKb + 1, worksFrom, 'answers'],
    ])('the health check does not blame the page for growth %s', async (_name, growthKb, share, expected) => {
      expect((await grown(growthKb, share)).said).toEqual([expected]);
    });

    it('a page that makes the main process grow is closed', async () => {
      expect((await grown(mostGrowthKb + 1, 1)).said).toEqual(['too large']);
    });

    it('the growth that earlier pages caused is not counted', async () => {
      const { said, main, health, timer } = await grown(mostGrowthKb, 1);
      health.pageCame();
      main.memoryKb += mostGrowthKb;
      await timer.advance(looksEveryMs);
      health.watch();
      main.memoryKb += mostGrowthKb;
      await timer.advance(looksEveryMs);
      expect(said).toEqual(['answers', 'answers', 'answers']);
    });
  });

  describe('if the main process is late', () => {
    const looks = async (lateMs: readonly number[], share: number, mainShare = 1) => {
      const { page, main, health, timer, said } = pageAtHand();
      page.share = share;
      main.share = mainShare;
      health.watch();
      for (const more of lateMs) {
        main.lateMs += more;
        await timer.advance(looksEveryMs);
      }
      return said;
    };

    it('a page that a person opens is not blamed for the previous one', async () => {
      const { page, main, health, timer, said } = pageAtHand();
      page.share = 1;
      main.share = 1;
      health.watch();
      for (let round = 0; round < 3; round += 1) {
        main.lateMs += latestMs + 1;
        await timer.advance(looksEveryMs);
        health.watch();
      }
      expect(said).not.toContain('busy');
    });

    it('a page that keeps the main process busy is closed', async () => {
      expect((await looks([latestMs + 1, latestMs + 1], 1)).at(-1)).toBe('busy');
    });

    it('the page is not blamed if the main process is idle, as on a busy computer', async () => {
      const late = [latestMs + 1, latestMs + 1, latestMs + 1];
      expect((await looks(late, 1, worksFrom)).at(-1)).toBe('answers');
    });

    it.each([
      ['late once', [latestMs + 1, 0], 1, 'answers'],
      ['late now and then', [latestMs + 1, 0, latestMs + 1, 0], 1, 'answers'],
      ['barely late', [latestMs, latestMs, latestMs], 1, 'answers'],
      ['late, while the page is idle', [latestMs + 1, latestMs + 1], worksFrom, 'answers'],
      ['late after the computer slept twice', [8 * 3_600_000, 3_600_000], 0.001, 'answers'],
    ])('the page is not blamed if the main process is %s', async (_name, lateMs, share, expected) => {
      expect((await looks(lateMs, share)).at(-1)).toBe(expected);
    });
  });

  it('stops its timer and its reports when the page is closed', async () => {
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

describe('answersWithin', () => {
  it.each([
    ['answers', false, true],
    ['hangs', true, false],
  ])('is right for a page that %s', async (_name, hangs, answers) => {
    const { health, timer, page } = pageAtHand();
    page.hangs = hangs;
    const answered = health.answersWithin(2000);
    await timer.advance(1);
    await timer.advance(1999);
    expect(await answered).toBe(answers);
    expect(timer.count).toBe(0);
  });
});
