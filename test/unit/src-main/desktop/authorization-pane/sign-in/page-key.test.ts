import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { PageKey } from '../../../../../../src-main/desktop/authorization-pane/sign-in/page-key.ts';

function pageAtHand(answer: () => Promise<unknown>) {
  const counted = { changes: 0, asked: 0 };
  const page = Object.assign(new EventEmitter(), {
    url: 'https://auth.example.com/',
    getURL: () => page.url,
    executeJavaScriptInIsolatedWorld: (world: number) => {
      // The world of the page's own scripts is 0.
      expect(world).toBeGreaterThan(0);
      counted.asked += 1;
      return answer();
    },
  });
  const contents = page as unknown as WebContents;
  const key = new PageKey(() => (counted.changes += 1));
  key.watch(contents);
  return { key, page, contents, counted };
}

describe('a page that waits for a passkey or a security key', () => {
  it('is noticed once for each page', async () => {
    const { key, page, contents, counted } = pageAtHand(async () => true);
    expect(key.wants).toBe(false);
    await key.look(contents);
    await key.look(contents);
    expect(key.wants).toBe(true);
    expect(counted).toEqual({ changes: 1, asked: 1 });
    page.emit('did-navigate');
    expect(key.wants).toBe(false);
    await key.look(contents);
    expect(key.wants).toBe(true);
    key.leave();
    expect(key.wants).toBe(false);
  });

  it.each([false, undefined, null, 'true', 1, {}])('is not a page that answers %j', async (answer) => {
    const { key, contents, counted } = pageAtHand(async () => answer);
    await key.look(contents);
    expect(key.wants).toBe(false);
    expect(counted.changes).toBe(0);
  });

  it('is not a page that is gone', async () => {
    const { key, contents } = pageAtHand(() => Promise.reject(new Error('gone')));
    await key.look(contents);
    expect(key.wants).toBe(false);
  });

  it('is not the page that came while the previous one was asked', async () => {
    let settle: (answer: boolean) => void = () => {};
    const { key, page, contents } = pageAtHand(() => new Promise((resolve) => (settle = resolve)));
    const looking = key.look(contents);
    page.url = 'https://auth.example.com/next';
    page.emit('did-navigate');
    settle(true);
    await looking;
    expect(key.wants).toBe(false);
  });

  it('is asked only once at a time, even if it hangs', async () => {
    const { key, contents, counted } = pageAtHand(() => new Promise(() => {}));
    void key.look(contents);
    await key.look(contents);
    expect(counted.asked).toBe(1);
  });
});
