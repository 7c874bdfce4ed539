import { runInNewContext } from 'node:vm';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { CodeField, codeEntry } from '../../../../../../src-main/desktop/authorization-pane/reading/code-field.ts';

/** What the script uses of a page's text field. */
class Input {
  type = 'text';
  name = '';
  id = '';
  ariaLabel: string | null = null;
  labels: { textContent: string }[] = [];
  disabled = false;
  readOnly = false;
  shown = true;
  text = '';
  focused = false;
  readonly events: string[] = [];

  constructor(from: Partial<Input> = {}) {
    Object.assign(this, from);
  }

  get value(): string {
    return this.text;
  }

  set value(value: string) {
    this.text = value;
  }

  getClientRects(): object[] {
    return this.shown ? [{}] : [];
  }

  dispatchEvent({ type }: { type: string }): void {
    this.events.push(type);
  }

  focus(): void {
    this.focused = true;
  }
}

class PageEvent {
  readonly type: string;
  constructor(type: string) {
    this.type = type;
  }
}

function run(script: string, fields: readonly Input[]): unknown {
  const document = { querySelectorAll: () => fields };
  return runInNewContext(script, { document, HTMLInputElement: Input, Event: PageEvent });
}

const code = 'WDJB-MJHT';
const enter = (fields: readonly Input[], { replaces = [''], takesFocus = false } = {}) =>
  run(codeEntry({ userCode: code, replaces, takesFocus }), fields);

describe('the script that enters the User Code', () => {
  it.each<[string, Partial<Input>]>([
    ['by its label', { labels: [{ textContent: 'UserCode' }] }],
    ['by its label with a mark', { labels: [{ textContent: ' User Code * ' }] }],
    ['by its name', { name: 'user_code' }],
    ['by its id', { id: 'userCode' }],
    ['by its label for assistive technology', { ariaLabel: 'User code:' }],
    ['with the keyboard of a phone', { name: 'UserCode', type: 'tel' }],
    ['for numbers', { name: 'UserCode', type: 'number' }],
  ])('finds the field %s, and sends the page its input events', (_how, from) => {
    const field = new Input(from);
    expect(enter([new Input({ name: 'search' }), field])).toBe(true);
    expect(field).toMatchObject({ text: code, events: ['input', 'change'], focused: false });
  });

  it.each<[string, Partial<Input>[]]>([
    ['without such a field', [{ name: 'search' }, { name: 'code' }, { name: 'user' }]],
    ['with two of them', [{ name: 'UserCode' }, { id: 'user-code' }]],
    ['with a hidden one', [{ name: 'UserCode', type: 'hidden' }]],
    ['with an invisible one', [{ name: 'UserCode', shown: false }]],
    ['with one that cannot be changed', [{ name: 'UserCode', readOnly: true }]],
    ['with a disabled one', [{ name: 'UserCode', disabled: true }]],
    ['that asks for it as a password', [{ name: 'UserCode', type: 'password' }]],
  ])('changes nothing on a page %s', (_what, from) => {
    const fields = from.map((one) => new Input(one));
    expect(enter(fields, { takesFocus: true })).toBe(false);
    for (const field of fields) expect(field).toMatchObject({ text: '', events: [], focused: false });
  });

  it('keeps what a person entered, and replaces the code that the console entered before', () => {
    const field = new Input({ name: 'UserCode', text: '123' });
    expect(enter([field], { replaces: ['', '456'], takesFocus: true })).toBe(true);
    expect(field).toMatchObject({ text: '123', events: [], focused: false });
    enter([field], { replaces: ['', '123'], takesFocus: true });
    expect(field).toMatchObject({ text: code, focused: true });
  });

  it('treats any code as text, never as script', () => {
    const field = new Input({ name: 'UserCode' });
    const nasty = '\'"); stop(`${1}`\\';
    run(codeEntry({ userCode: nasty, replaces: ['', nasty], takesFocus: false }), [field]);
    expect(field.text).toBe(nasty);
  });
});

describe('the User Code on a page', () => {
  function pageAtHand(fields: readonly Input[]) {
    const mainFrame = { executeJavaScript: async (script: string) => run(script, fields) };
    return { mainFrame } as unknown as WebContents;
  }

  it("is entered once, so a person's change stays until another page comes", async () => {
    const field = new Input({ name: 'UserCode' });
    const [page, codeField] = [pageAtHand([field]), new CodeField()];
    await codeField.enter(page, code);
    field.text = '';
    await codeField.enter(page, code);
    expect(field.text).toBe('');
    codeField.pageCame();
    await codeField.enter(page, code);
    expect(field.text).toBe(code);
  });

  it('is replaced by the next code', async () => {
    const field = new Input({ name: 'UserCode' });
    const [page, codeField] = [pageAtHand([field]), new CodeField()];
    await codeField.enter(page, code);
    await codeField.enter(page, 'BBBB-BBBB', { takesFocus: true });
    expect(field).toMatchObject({ text: 'BBBB-BBBB', focused: true });
    // The server fills in the first code again on its next page.
    codeField.pageCame();
    field.text = code;
    await codeField.enter(page, 'BBBB-BBBB');
    expect(field.text).toBe('BBBB-BBBB');
  });

  it('is entered even if the field comes later or a script fails', async () => {
    const fields: Input[] = [];
    const [page, codeField] = [pageAtHand(fields), new CodeField()];
    await codeField.enter(page, code);
    const gone = {
      mainFrame: { executeJavaScript: () => Promise.reject(new Error('gone')) },
    } as unknown as WebContents;
    await codeField.enter(gone, code);
    const field = new Input({ name: 'UserCode' });
    fields.push(field);
    await codeField.enter(page, code);
    expect(field.text).toBe(code);
  });

  it('gets the focus even if it is already there', async () => {
    const field = new Input({ name: 'UserCode' });
    const [page, codeField] = [pageAtHand([field]), new CodeField()];
    await codeField.enter(page, code);
    await codeField.enter(page, code, { takesFocus: true });
    expect(field).toMatchObject({ focused: true, events: ['input', 'change'] });
  });
});
