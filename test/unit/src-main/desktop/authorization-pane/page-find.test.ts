import { EventEmitter } from 'node:events';
import type { Input, WebContents } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { findKeyOf, PageFind } from '../../../../../src-main/desktop/authorization-pane/page-find.ts';

/** A page that numbers its requests, as Electron does, and answers when the test says so. */
class Page extends EventEmitter {
  readonly asked: { text: string; forward: boolean; isNew: boolean }[] = [];
  readonly stopped: string[] = [];
  findInPage(text: string, { forward, findNext }: { forward: boolean; findNext: boolean }): number {
    return this.asked.push({ text, forward, isNew: findNext });
  }
  stopFindInPage(action: string): void {
    this.stopped.push(action);
  }
  answers(activeMatchOrdinal: number, matches: number, more: { requestId?: number; finalUpdate?: boolean } = {}): void {
    const result = { requestId: this.asked.length, finalUpdate: true, activeMatchOrdinal, matches, ...more };
    this.emit('found-in-page', {}, result);
  }
}

let page: Page;
let find: PageFind;
let changes: number;

beforeEach(() => {
  changes = 0;
  page = new Page();
  find = new PageFind(() => (changes += 1));
  find.watch(page as unknown as WebContents);
});

describe('a text to find on a page', () => {
  it('starts a new search if it has changed, and otherwise goes to the next match', () => {
    find.find('De', false);
    find.find('Device', false);
    find.find('Device', false);
    find.again(true);
    expect(page.asked).toEqual([
      { text: 'De', forward: true, isNew: true },
      { text: 'Device', forward: true, isNew: true },
      { text: 'Device', forward: true, isNew: false },
      { text: 'Device', forward: false, isNew: false },
    ]);
  });

  it('is counted by the last answer to the last request', () => {
    find.find('De', false);
    find.find('Device', false);
    page.answers(1, 90, { requestId: 1 });
    page.answers(1, 3, { finalUpdate: false });
    expect(find.found).toBeNull();
    page.answers(2, 7);
    expect(find.found).toEqual({ ordinal: 2, count: 7 });
    expect(changes).toBe(1);
  });

  it('does not show the count of the previous text while the page searches', () => {
    find.find('De', false);
    page.answers(1, 90);
    find.find('Device', false);
    expect(find.found).toBeNull();
  });

  it.each([
    ['the text is cleared', () => find.find('', false)],
    ['the search ends', () => find.stop()],
    ['another page opens', () => page.emit('did-navigate')],
  ])('is forgotten once when %s, and the match stays selected', (_when, end) => {
    find.find('Device', false);
    page.answers(1, 1);
    end();
    end();
    expect(find).toMatchObject({ found: null, isActive: false });
    expect(page.stopped).toEqual(['keepSelection']);
    find.again(false);
    page.answers(1, 1);
    expect(page.asked).toHaveLength(1);
    expect(find.found).toBeNull();
  });

  it('is forgotten without a call to the page if the page is closed', () => {
    find.find('Device', false);
    find.leave();
    find.stop();
    expect(page.stopped).toEqual([]);
    expect(find).toMatchObject({ found: null, isActive: false });
  });
});

describe('the keys of the search', () => {
  const pressed = (input: Partial<Input>) =>
    findKeyOf({ key: '', code: '', control: false, meta: false, alt: false, shift: false, ...input } as Input);

  it.each([
    ['Ctrl+F', { key: 'f', code: 'KeyF', control: true }, 'open'],
    ['Command+F', { key: 'f', code: 'KeyF', meta: true }, 'open'],
    ['Ctrl+F with Caps Lock', { key: 'F', code: 'KeyF', control: true }, 'open'],
    ['Ctrl+F on a Russian keyboard', { key: 'а', code: 'KeyF', control: true }, 'open'],
    ['Ctrl+F on a Dvorak keyboard', { key: 'f', code: 'KeyY', control: true }, 'open'],
    ['F3', { key: 'F3', code: 'F3' }, 'next'],
    ['Shift+F3', { key: 'F3', code: 'F3', shift: true }, 'previous'],
    ['Ctrl+U on a Dvorak keyboard', { key: 'u', code: 'KeyF', control: true }, undefined],
    ['F', { key: 'f', code: 'KeyF' }, undefined],
    ['Ctrl+Shift+F', { key: 'F', code: 'KeyF', control: true, shift: true }, undefined],
    ['Ctrl+Alt+F', { key: 'f', code: 'KeyF', control: true, alt: true }, undefined],
    ['Ctrl+F3', { key: 'F3', code: 'F3', control: true }, undefined],
    ['Alt+F3', { key: 'F3', code: 'F3', alt: true }, undefined],
  ] as const)('%s', (_name, input, asks) => {
    expect(pressed(input)).toBe(asks);
  });
});
