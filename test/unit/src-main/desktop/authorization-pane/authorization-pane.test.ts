import { describe, expect, it, vi } from 'vitest';
import { type FakeContents, paneAtHand } from '../../../../fakes/pane-at-hand.ts';

vi.mock('electron', async () => (await import('../../../../fakes/pane-at-hand.ts')).fakeElectron);

const start = 'https://auth.example.com/start';
const form = 'https://auth.example.com/device';

describe('the page that confirms that a device was authorized', () => {
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

  it('stays as it is if a person only closes the pane', async () => {
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

describe('a new User Code', () => {
  const authorize = 'https://auth.example.com/organizations/fc/authorize';

  /** The page's answers: whether its fields are unchanged, and what kind of page it is. */
  const answers = ({ mainFrame }: FakeContents, isUntouched: boolean) =>
    Object.assign(mainFrame, {
      executeJavaScript: async (script: string) => (script.includes('defaultSelected') ? isUntouched : 2),
    });

  it.each<[string, string, string, boolean]>([
    ['opens its page where nothing has begun', 'https://auth.example.com/organizations', form, true],
    ['opens its page before the first page has come', '', form, true],
    ['does not leave the page of a company sign-in', 'https://login.example.net/sign-in', form, false],
    ['does not open the page of another site automatically', authorize, 'https://codes.example.net/device', false],
    ['does not open what is no address', authorize, 'device', false],
  ])('%s', async (_name, shown, codePage, opens) => {
    const { pane, contents, timer } = await paneAtHand();
    await timer.advance(0);
    contents.url = shown;
    contents.loaded.length = 0;
    answers(contents, true);
    pane.enterCode(codePage);
    await timer.advance(0);
    expect(contents.loaded).toEqual(opens ? [codePage] : []);
  });

  it('does not replace a page that a person has begun to use, even while the pane is closed', async () => {
    const { pane, contents, timer } = await paneAtHand();
    await timer.advance(0);
    contents.url = authorize;
    answers(contents, true);
    contents.emit('did-navigate', {}, authorize, 200);
    contents.emit('input-event', {}, { type: 'mouseDown' });
    pane.show(false);
    contents.loaded.length = 0;
    pane.enterCode(form);
    await timer.advance(0);
    expect(contents.loaded).toEqual([]);
    expect(pane.state().open).toBe(true);
    contents.emit('did-navigate', {}, authorize, 200);
    contents.emit('dom-ready');
    await timer.advance(0);
    pane.enterCode(form);
    await timer.advance(0);
    expect(contents.loaded, 'another page, which nobody has used').toEqual([form]);
  });

  it('does not replace a page in which a device was chosen without a key or a click', async () => {
    const { pane, contents, timer } = await paneAtHand();
    await timer.advance(0);
    contents.url = authorize;
    contents.loaded.length = 0;
    answers(contents, false);
    pane.enterCode(form);
    await timer.advance(0);
    expect(contents.loaded).toEqual([]);
  });

  it('does not replace a message in place of the page', async () => {
    const { pane, contents, timer } = await paneAtHand();
    await timer.advance(0);
    contents.url = authorize;
    contents.emit('render-process-gone', {}, { reason: 'crashed' });
    contents.loaded.length = 0;
    pane.enterCode(form);
    await timer.advance(0);
    expect(contents.loaded).toEqual([]);
    expect(pane.state().failure?.code).toBe('page_ended');
  });
});
