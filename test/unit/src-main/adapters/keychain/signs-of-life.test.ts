import '../../../../fakes/without-electron.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { secretStoreLimitMs } from '../../../../../src-main/adapters/keychain/keytar-secret-store.ts';
import { whileAlive } from '../../../../../src-main/adapters/keychain/signs-of-life.ts';

describe('signs of life of a keychain', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('come before each time limit while the work waits and the keychain answers, and stop with the work', async () => {
    let finish = (_value: string) => {};
    const work = new Promise<string>((resolve) => (finish = resolve));
    const slowestAnswerMs = 2_000;
    let signs = 0;
    const answers = () => new Promise<boolean>((resolve) => void setTimeout(resolve, slowestAnswerMs, true));
    const outcome = whileAlive(work, answers, () => (signs += 1));
    for (let said = 1; said <= 10; said += 1) {
      await vi.advanceTimersByTimeAsync(secretStoreLimitMs - 1);
      expect(signs).toBeGreaterThanOrEqual(said);
    }
    finish('the value');
    expect(await outcome).toBe('the value');
    const saidAtTheEnd = signs;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(signs).toBe(saidAtTheEnd);
  });

  it('do not come if the keychain does not answer or the work fails at once', async () => {
    const say = vi.fn();
    void whileAlive(new Promise(() => {}), async () => false, say);
    await vi.advanceTimersByTimeAsync(60_000);
    await expect(whileAlive(Promise.reject(new Error('refused')), async () => true, say)).rejects.toThrow('refused');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(say).not.toHaveBeenCalled();
  });
});
