import { EventEmitter } from 'node:events';
import { Script } from 'node:vm';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { PageReading, pageQuestion } from '../../../../../src-main/desktop/authorization-pane/page-reading.ts';

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

  it('is unknown without a code, a page or a valid address', () => {
    const { reading } = pageAtHand();
    const page = new URL(code.address);
    expect(reading.view(page, null).isVerification).toBe(false);
    expect(reading.view(null, code).isVerification).toBe(false);
    expect(reading.view(page, { ...code, address: 'device' }).isVerification).toBe(false);
  });
});

it('the question holds the User Code as text, never as script', () => {
  const question = pageQuestion('"); stop("');
  expect(() => new Script(question)).not.toThrow();
  expect(question).toContain(String.raw`plain("\"); stop(\"")`);
});
