import { describe, expect, it, vi } from 'vitest';
import { paneAtHand } from '../../../../fakes/pane-at-hand.ts';

vi.mock('electron', async () => (await import('../../../../fakes/pane-at-hand.ts')).fakeElectron);

const start = 'https://auth.example.com/start';
const form = 'https://auth.example.com/device';

describe('a page that says that a device was authorized', () => {
  it.each([
    ['the page for codes', form, form],
    ['the start page', null, start],
  ])('is not shown again: the pane opens %s', async (_name, instead, opened) => {
    const { pane, contents, timer } = await paneAtHand();
    await timer.advance(0);
    contents.url = 'https://auth.example.com/authorized';
    pane.finish(() => instead);
    contents.loaded.length = 0;
    expect(pane.state().open).toBe(false);
    pane.show(true);
    await timer.advance(0);
    expect(contents.loaded).toEqual([opened]);
    pane.show(false);
    pane.show(true);
    await timer.advance(0);
    expect(contents.loaded, 'only once').toEqual([opened]);
  });

  it('is left as it is where a person only closes the pane', async () => {
    const { pane, contents, timer } = await paneAtHand();
    await timer.advance(0);
    contents.url = 'https://auth.example.com/form';
    contents.loaded.length = 0;
    pane.show(false);
    pane.show(true);
    await timer.advance(0);
    expect(contents.loaded).toEqual([]);
  });
});

describe('the address for the browser', () => {
  const code = { userCode: 'WDJB-MJHT', address: form, addressWithCode: `${form}?user_code=WDJB-MJHT` };
  const own = 'https://auth.example.com/sign-in?state=x';

  it.each([
    ['the page on the screen', own, code, false, own],
    ['the page for the User Code, if that page waits for a passkey', own, code, true, code.addressWithCode],
    ['the start page, if there is no User Code either', own, null, true, start],
    [
      'the page for the User Code, on the page of another site',
      'https://sso.example.org/',
      code,
      false,
      code.addressWithCode,
    ],
    ['the start page, on the page of another site without a User Code', 'https://sso.example.org/', null, false, start],
  ])('is %s', async (_name, shown, awaited, waitsForKey, address) => {
    const { pane, contents } = await paneAtHand(awaited);
    contents.emit('did-navigate', {}, shown, 200);
    Object.assign(contents, { url: shown, waitsForKey });
    contents.emit('dom-ready');
    await new Promise(setImmediate);
    expect(pane.state().wantsKey).toBe(waitsForKey);
    expect(pane.browserAddress).toBe(address);
    contents.emit('did-navigate', {}, `${own}&next`, 200);
    expect(pane.state().wantsKey).toBe(false);
  });
});
