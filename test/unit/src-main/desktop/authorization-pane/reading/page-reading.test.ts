import { EventEmitter } from 'node:events';
import { runInNewContext, Script } from 'node:vm';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import {
  PageReading,
  pageQuestion,
} from '../../../../../../src-main/desktop/authorization-pane/reading/page-reading.ts';

const page = 'https://auth.example.com/device';
const code = { userCode: 'WDJB-MJHT', address: page, addressWithCode: `${page}?user_code=WDJB-MJHT` };

function pageAtHand() {
  const counted = { changes: 0 };
  const reading = new PageReading(() => (counted.changes += 1));
  const contents = new EventEmitter();
  reading.watch(contents as unknown as WebContents);
  const view = (address = 'https://auth.example.com/form') => reading.view(new URL(address), code);
  const press = (key: string) => contents.emit('before-input-event', {}, { type: 'keyDown', key });
  return { reading, contents, counted, view, press };
}

describe('what a page lets a person do', () => {
  it('is what the page answers, and each change is reported once', () => {
    const { reading, counted, view } = pageAtHand();
    reading.take(2);
    reading.take(2);
    expect(view()).toEqual({ isVerification: false, entry: 'text', holdsCode: false, used: false });
    expect(counted.changes).toBe(1);
    reading.take(3);
    expect(view()).toMatchObject({ entry: 'none', holdsCode: true });
  });

  it.each([null, undefined, false, {}, '2', -1, 6, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'an answer that makes no sense changes nothing: %j',
    (answer) => {
      const { reading, counted, view } = pageAtHand();
      reading.take(answer);
      expect(view()).toMatchObject({ entry: 'none', holdsCode: false });
      expect(counted.changes).toBe(0);
    },
  );

  it('stays known until the next page has answered, and ends with the view', () => {
    const { reading, contents, view } = pageAtHand();
    reading.take(5);
    contents.emit('did-navigate');
    expect(view()).toMatchObject({ entry: 'text' });
    reading.take(0);
    expect(view()).toMatchObject({ entry: 'none', holdsCode: false });
    reading.take(5);
    reading.forget();
    expect(view()).toMatchObject({ entry: 'none', holdsCode: false });
  });
});

describe('whether a person used the page', () => {
  it('is true after a click or a key that chooses or enters, until the next page', () => {
    const { reading, contents, view, press } = pageAtHand();
    reading.take(2);
    for (const use of [
      () => contents.emit('input-event', {}, { type: 'mouseDown' }),
      () => press('S'),
      () => press('ArrowDown'),
    ]) {
      expect(view().used).toBe(false);
      use();
      expect(view().used).toBe(true);
      contents.emit('did-navigate');
      reading.take(2);
    }
  });

  it('is false after a mouse movement, or a key that only moves the focus or opens the search', () => {
    const { contents, view, press } = pageAtHand();
    for (const key of ['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'Escape', 'F6']) press(key);
    contents.emit('before-input-event', {}, { type: 'keyDown', key: 'f', code: 'KeyF', control: true });
    contents.emit('input-event', {}, { type: 'mouseMove' });
    expect(view().used).toBe(false);
  });

  it('is true after an action between the page and its answer', () => {
    const { reading, contents, view, press } = pageAtHand();
    contents.emit('did-navigate');
    press('S');
    reading.take(2);
    expect(view().used).toBe(true);
  });
});

describe('the page of the verification address', () => {
  it.each([
    ['https://auth.example.com/device', true],
    ['https://auth.example.com/device/', true],
    ['https://auth.example.com/device?user_code=WDJB-MJHT', true],
    ['https://auth.example.com/devices', false],
    ['https://auth.example.com/organizations', false],
    ['https://other.example.com/device', false],
    ['http://auth.example.com/device', false],
  ])('%s: %s', (address, isIt) => {
    expect(pageAtHand().view(address).isVerification).toBe(isIt);
  });

  it.each([
    ['https://auth.example.com/#/device', true],
    ['https://auth.example.com/#!/device/', true],
    ['https://auth.example.com/#/device?user_code=WDJB-MJHT', true],
    ['https://auth.example.com/?lang=en#/device', true],
    ['https://auth.example.com/#/login', false],
    ['https://auth.example.com/#/', false],
    ['https://auth.example.com/', false],
    ['https://auth.example.com/device', false],
  ])('of one document with its pages in the fragment, %s: %s', (address, isIt) => {
    const { reading } = pageAtHand();
    const inFragment = { ...code, address: 'https://auth.example.com/#/device' };
    expect(reading.view(new URL(address), inFragment).isVerification).toBe(isIt);
  });

  it('is the same with a fragment that is no page, such as the code or a place on it', () => {
    for (const fragment of ['#WDJB-MJHT', '#user_code=WDJB-MJHT', '#top', '#'])
      expect(pageAtHand().view(`${page}${fragment}`).isVerification, fragment).toBe(true);
  });

  it('is unknown without a code, a page or a valid address', () => {
    const { reading } = pageAtHand();
    const page = new URL(code.address);
    expect(reading.view(page, null).isVerification).toBe(false);
    expect(reading.view(null, code).isVerification).toBe(false);
    expect(reading.view(page, { ...code, address: 'device' }).isVerification).toBe(false);
  });
});

/** What the question finds out about a page with these fields. */
function answerOf(fields: readonly object[], how?: { isVerification: boolean }): unknown {
  const all = fields.map((from) => ({ type: 'text', name: '', id: '', autocomplete: '', value: '', ...from }));
  const document = { querySelectorAll: () => all.map((field) => ({ ...field, getClientRects: () => [{}] })) };
  return runInNewContext(pageQuestion('WDJB-MJHT', how), { document });
}
const [nothing, signIn, text, codeInText] = [0, 1, 2, 5];

describe('the fields of a page', () => {
  it.each<[string, object]>([
    ['a password', { type: 'password' }],
    ['an e-mail address', { type: 'email' }],
    ['a user name that may be a passkey', { autocomplete: 'username webauthn' }],
    ['a user name of a section', { autocomplete: 'section-login username' }],
    ['a user name alone, by its name', { name: 'Input.Username' }],
    ['a user name alone, as some call it', { name: 'loginfmt' }],
    ['an identifier', { id: 'identifier' }],
    ['a one-time code', { autocomplete: 'one-time-code', type: 'tel' }],
  ])('%s is a sign-in', (_what, field) => {
    expect(answerOf([field])).toBe(signIn);
    expect(answerOf([{ name: 'search' }, field])).toBe(signIn);
  });

  it.each<[string, object, number]>([
    ['a name for something else', { name: 'device_identifier' }, text],
    ['a code that autocompletes nothing', { name: 'user_code', autocomplete: 'off' }, text],
    ['a number', { name: 'code', type: 'number' }, text],
    ['the code', { name: 'user_code', value: 'wdjb mjht' }, codeInText],
    ['a search', { type: 'search' }, nothing],
    ['a box to tick', { type: 'checkbox', name: 'username' }, nothing],
  ])('%s is not a sign-in', (_what, field, answer) => {
    expect(answerOf([field])).toBe(answer);
  });

  it('a one-time code on the page of the verification address is the User Code', () => {
    expect(answerOf([{ autocomplete: 'one-time-code' }], { isVerification: true })).toBe(text);
    expect(answerOf([{ autocomplete: 'username' }], { isVerification: true })).toBe(signIn);
  });
});

it('the question holds the User Code as text, never as script', () => {
  const question = pageQuestion('"); stop("');
  expect(() => new Script(question)).not.toThrow();
  expect(question).toContain(String.raw`plain("\"); stop(\"")`);
});
