import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { PageKeyboard } from '../../../../../src-main/desktop/authorization-pane/page-keyboard.ts';

class Page extends EventEmitter {
  focused = false;
  /** A view before its first page cannot have the focus. */
  isEmpty = false;

  isFocused(): boolean {
    return this.focused;
  }

  focus(): void {
    this.focused = !this.isEmpty;
  }
}

let page: Page;
let contents: WebContents;
let keyboard: PageKeyboard;
let returned: number;

beforeEach(() => {
  page = new Page();
  contents = page as unknown as WebContents;
  returned = 0;
  keyboard = new PageKeyboard(() => {
    returned += 1;
    page.focused = false;
  });
  keyboard.watch(contents);
});

const setsOut = () => page.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
/** The next page comes. `takes`: Chromium gives it the focus. */
function comes(takes = false): void {
  page.isEmpty = false;
  page.focused ||= takes;
  page.emit('did-navigate');
}
function give(): void {
  page.focus();
  keyboard.given(contents);
}

describe('the keyboard focus', () => {
  it('stays in the console when a page opens without an action of the person', () => {
    setsOut();
    comes(true);
    expect({ returned, focused: page.focused }).toEqual({ returned: 1, focused: false });
  });

  it('stays in the page that a person uses', () => {
    give();
    setsOut();
    comes();
    expect({ returned, focused: page.focused }).toEqual({ returned: 0, focused: true });
  });

  it('goes to the first page of a view once it has loaded', () => {
    page.isEmpty = true;
    give();
    setsOut();
    expect(page.focused).toBe(false);
    comes();
    expect({ returned, focused: page.focused }).toEqual({ returned: 0, focused: true });
    // Only to that page.
    page.focused = false;
    setsOut();
    comes(true);
    expect({ returned, focused: page.focused }).toEqual({ returned: 1, focused: false });
  });

  it.each(['before the page sets out', 'while it is on its way'])('stays where a person went %s', (when) => {
    page.isEmpty = true;
    give();
    if (when === 'before the page sets out') keyboard.left();
    setsOut();
    keyboard.left();
    comes(true);
    expect({ returned, focused: page.focused }).toEqual({ returned: 1, focused: false });
  });
});
