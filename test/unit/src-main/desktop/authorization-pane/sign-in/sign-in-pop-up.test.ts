import type { HandlerDetails } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { pagePreferences } from '../../../../../../src-main/desktop/authorization-pane/page-preferences.ts';
import { paneAtHand } from '../../../../../fakes/pane-at-hand.ts';

vi.mock('electron', async () => (await import('../../../../../fakes/pane-at-hand.ts')).fakeElectron);

const provider = 'https://sign-in.example.com/';

/** What the page gets for `window.open`, and the address that the pane opened instead. */
async function opened(asked: Partial<HandlerDetails>, click = true) {
  const { contents, timer, pane } = await paneAtHand();
  await timer.advance(0);
  const before = contents.loaded.length;
  if (click) contents.emit('input-event', {}, { type: 'mouseDown' });
  const usual = { url: provider, disposition: 'new-window' as const, features: 'width=500', frameName: 'sign-in' };
  const answer = contents.openWindow({ ...usual, ...asked });
  await timer.advance(0);
  return { answer, inPane: contents.loaded.slice(before), failure: pane.state().failure?.code };
}

describe('a page that opens a window', () => {
  it.each([
    ['features', { features: 'popup' }],
    ['a size', { features: 'width=500,height=600' }],
    ['an empty page at first', { url: 'about:blank' }],
    ['noopener switched off', { features: 'noopener=no,width=500' }],
  ])('gets a pop-up for %s, with the rights of the pane', async (_name, asked) => {
    const { answer, inPane } = await opened(asked);
    expect(answer).toMatchObject({
      action: 'allow',
      overrideBrowserWindowOptions: { webPreferences: pagePreferences },
    });
    expect(inPane).toEqual([]);
  });

  it.each([
    ['a link to a new tab', { disposition: 'foreground-tab' as const, features: '' }],
    ['a tab in the background', { disposition: 'background-tab' as const }],
    ['a link with the Shift key', { features: '' }],
    ['noopener', { features: 'noopener,width=500' }],
    ['noreferrer', { features: 'width=500, noreferrer' }],
    ['noopener=1', { features: 'width=500,noopener=1' }],
  ])('gets no pop-up for %s: the pane opens the address', async (_name, asked) => {
    expect(await opened(asked)).toEqual({ answer: { action: 'deny' }, inPane: [provider], failure: undefined });
  });

  it.each(['https://10.0.0.1/', 'http://sign-in.example.com/', 'file:///etc/passwd', 'javascript:alert(1)'])(
    'gets no pop-up for %s, and the pane says so',
    async (url) => {
      expect(await opened({ url })).toEqual({
        answer: { action: 'deny' },
        inPane: [],
        failure: 'address_not_allowed',
      });
    },
  );

  it('gets no pop-up without a click', async () => {
    expect(await opened({}, false)).toEqual({ answer: { action: 'deny' }, inPane: [], failure: undefined });
  });
});
