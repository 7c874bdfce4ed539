import type { WebFrameMain } from 'electron';
import { describe, expect, it } from 'vitest';
import { isTrustedSender } from '../../../../src-main/ipc/trusted-sender.ts';

const origin = 'fusion-console://app';
const frameAt = (url: string, parent: unknown = null) => ({ url, parent }) as unknown as WebFrameMain;

describe('E4: a trusted sender', () => {
  it('is the main frame of the console’s own page', () => {
    const main = frameAt(`${origin}/index.html`);
    expect(isTrustedSender({ senderFrame: main }, main, origin)).toBe(true);
  });

  it.each([
    'https://auth.example/',
    'https://app/index.html',
    'http://app/',
    'file:///index.html',
    'fusion-console://app.evil/index.html',
    'fusion-console://evil/index.html',
    'fusion-console://user@evil/index.html',
    'fusion-console://app:80/index.html',
    'fusion-console:app',
    'fusion-consolex://app/index.html',
    'data:text/html,x',
    'about:blank',
    'about:srcdoc',
    'blob:fusion-console://app/1',
    'chrome-error://chromewebdata/',
    '',
    'not an address',
  ])('is not a main frame at %j', (url) => {
    const main = frameAt(url);
    expect(isTrustedSender({ senderFrame: main }, main, origin)).toBe(false);
  });

  it('is not a subframe, even of the console’s own origin', () => {
    const main = frameAt(`${origin}/index.html`);
    const child = frameAt(`${origin}/index.html`, main);
    expect(isTrustedSender({ senderFrame: child }, main, origin)).toBe(false);
    expect(isTrustedSender({ senderFrame: child }, child, origin)).toBe(false);
  });

  it('is not the main frame of another view, even at the console’s own address', () => {
    expect(
      isTrustedSender({ senderFrame: frameAt(`${origin}/index.html`) }, frameAt(`${origin}/index.html`), origin),
    ).toBe(false);
  });

  it('is not a frame that is gone', () => {
    expect(isTrustedSender({ senderFrame: null }, frameAt(`${origin}/index.html`), origin)).toBe(false);
  });
});
