import { runInNewContext } from 'node:vm';
import type { WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ app: {} }));
const { isUntouched } = await import('../../../../../../src-main/desktop/authorization-pane/reading/page-questions.ts');

function pageWith(fields: readonly object[]): WebContents {
  const document = { querySelectorAll: () => fields };
  const mainFrame = { executeJavaScript: async (script: string) => runInNewContext(script, { document }) as unknown };
  return { mainFrame } as unknown as WebContents;
}

const text = (value: string, defaultValue = '') => ({ tagName: 'INPUT', value, defaultValue });
const box = (checked: boolean, defaultChecked = false) => ({ ...text('yes', 'yes'), checked, defaultChecked });
/** A list, and which option is chosen in it. */
function list(chosen: number, { given = -1, multiple = false, disabled = -1 } = {}): object {
  const option = (index: number) => ({
    selected: index === chosen,
    defaultSelected: index === given,
    disabled: index === disabled,
  });
  return { tagName: 'SELECT', multiple, options: [0, 1, 2].map(option) };
}

describe('a page as it was loaded', () => {
  it.each<[string, object[], boolean]>([
    ['no field', [], true],
    ['fields as they came', [text(''), text('a', 'a'), box(false), box(true, true)], true],
    ['a text that was entered', [text(''), text('installer')], false],
    ['a text that was emptied', [text('', 'a')], false],
    ['a box that was ticked', [box(true)], false],
    ['a list at its first option', [list(0)], true],
    ['a list at its first option that can be chosen', [list(1, { disabled: 0 })], true],
    ['a list at the option that the page chose', [list(2, { given: 2 })], true],
    ['a chosen device', [list(1)], false],
    ['a device other than the one that the page chose', [list(0, { given: 2 })], false],
    ['a list for several, without any', [list(-1, { multiple: true })], true],
    ['a list for several, with one', [list(0, { multiple: true })], false],
  ])('%s', async (_what, fields, expected) => {
    expect(await isUntouched(pageWith(fields))).toBe(expected);
  });

  it('is not assumed if the page does not answer', async () => {
    const mainFrame = { executeJavaScript: () => Promise.reject(new Error('gone')) };
    expect(await isUntouched({ mainFrame } as unknown as WebContents)).toBe(false);
  });
});
