import { runInNewContext } from 'node:vm';
import type { WebContents } from 'electron';
import { describe, expect, it } from 'vitest';
import { DeviceList, deviceChoice } from '../../../../../../src-main/desktop/authorization-pane/reading/device-list.ts';

interface Option {
  text: string;
  value: string;
  disabled: boolean;
  selected: boolean;
}

/** What the script uses of a page's list. */
class List {
  name = '';
  id = '';
  ariaLabel: string | null = null;
  labels: { textContent: string }[] = [{ textContent: 'Device' }];
  disabled = false;
  multiple = false;
  shown = true;
  readonly events: string[] = [];
  readonly options: Option[];

  constructor(devices: readonly string[], from: Partial<List> = {}) {
    this.options = ['', ...devices].map((text) => ({
      text: text || 'Choose a device',
      value: text,
      disabled: false,
      selected: false,
    }));
    Object.assign(this, from);
  }

  get value(): string {
    return this.options.find(({ selected }) => selected)?.value ?? '';
  }

  getClientRects(): object[] {
    return this.shown ? [{}] : [];
  }

  dispatchEvent({ type }: { type: string }): void {
    this.events.push(type);
  }
}

class PageEvent {
  readonly type: string;
  constructor(type: string) {
    this.type = type;
  }
}

const run = (lists: readonly List[], name = 'Store 014'): unknown =>
  runInNewContext(deviceChoice(name), { document: { querySelectorAll: () => lists }, Event: PageEvent });

describe('the device of a server that this computer helps', () => {
  it('is chosen in the list with the vendor’s label, as a person would choose it', () => {
    const list = new List(['Store 013', ' store 014 ']);
    expect(run([list])).toBe(true);
    expect(list.value).toBe(' store 014 ');
    expect(list.events).toEqual(['input', 'change']);
  });

  it.each([
    ['no device has the name', new List(['Store 013'])],
    ['two devices have the name', new List(['Store 014', 'STORE 014'])],
    ['a device only begins with the name', new List(['Store 0140'])],
  ])('is not chosen if %s', (_why, list) => {
    expect(run([list])).toBe(true);
    expect([list.value, list.events]).toEqual(['', []]);
  });

  it('is not chosen over another choice', () => {
    const list = new List(['Store 013', 'Store 014']);
    for (const option of list.options) option.selected = option.text === 'Store 013';
    run([list]);
    expect([list.value, list.events]).toEqual(['Store 013', []]);
  });

  it.each([
    ['there is none', []],
    ['there are two', [new List(['Store 014']), new List(['Store 014'])]],
    ['it has another label', [new List(['Store 014'], { labels: [{ textContent: 'Organization' }] })]],
    ['it is hidden', [new List(['Store 014'], { shown: false })]],
    ['it is disabled', [new List(['Store 014'], { disabled: true })]],
    ['it takes several', [new List(['Store 014'], { multiple: true })]],
  ])('is not looked for in a list if %s', (_why, lists) => {
    expect(run(lists)).toBe(false);
    expect(lists.flatMap(({ events }) => events)).toEqual([]);
  });

  it('is found by a name with quotes and line breaks, which cannot end the script', () => {
    const name = '"); throw 1; ("\n\u2028';
    const list = new List([name]);
    expect(run([list], name)).toBe(true);
    expect(list.value).toBe(name);
  });
});

describe('the choice on a page', () => {
  function page(answers: unknown[]) {
    const scripts: string[] = [];
    const executeJavaScript = async (script: string): Promise<unknown> => {
      scripts.push(script);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    };
    return { scripts, contents: { mainFrame: { executeJavaScript } } as unknown as WebContents };
  }

  it("is made once, so a person's change stays", async () => {
    const devices = new DeviceList();
    const { contents, scripts } = page([true, true]);
    await devices.choose(contents, 'Store 014');
    await devices.choose(contents, 'Store 014');
    expect(scripts).toHaveLength(1);
    devices.pageCame();
    await devices.choose(contents, 'Store 014');
    expect(scripts).toHaveLength(2);
  });

  it('is tried again if the list was not there, or if the page was gone', async () => {
    const devices = new DeviceList();
    const { contents, scripts } = page([false, new Error('gone'), true]);
    for (let tries = 0; tries < 4; tries += 1) await devices.choose(contents, 'Store 014');
    expect(scripts).toHaveLength(3);
  });
});
