import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClickedPlace,
  type ContextScene,
  contextEntries,
} from '../../../../../src-main/desktop/window/context-entries.ts';

const flags: ClickedPlace['editFlags'] = {
  canUndo: false,
  canRedo: false,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false,
};
const text: ClickedPlace = {
  isEditable: false,
  selectionText: '',
  linkURL: '',
  formControlType: 'none',
  editFlags: { ...flags, canCut: false, canCopy: false, canPaste: false },
};
const field: ClickedPlace = { ...text, isEditable: true, formControlType: 'input-text', editFlags: flags };
const selected: ClickedPlace = { ...text, selectionText: 'Store 014', editFlags: { ...text.editFlags, canCopy: true } };
const link: ClickedPlace = { ...text, linkURL: 'https://auth.example.com/devices' };

const console: ContextScene = { hasUserCode: false };
const pane: ContextScene = { pane: { canGoBack: true }, hasUserCode: false };

/** The menu as one line. A disabled entry is in brackets. */
const menu = (place: ClickedPlace, scene: ContextScene): string =>
  contextEntries(place, scene)
    .map((group) => group.map(({ action, enabled }) => (enabled ? action : `(${action})`)).join(' '))
    .join(' | ');

describe('the entries of the context menu', () => {
  it.each<[string, ClickedPlace, ContextScene, string]>([
    ['plain text of the console', text, console, 'select_all'],
    ['selected text of the console', selected, console, 'copy select_all'],
    ['a field of the console', field, console, 'cut copy paste select_all'],
    ['a link of the console', { ...text, linkURL: 'fusion-console://app/index.html#help' }, console, 'select_all'],
    ['the console with a User Code', text, { hasUserCode: true }, 'select_all | copy_user_code'],
    ['plain text of a page', text, pane, 'back reload | select_all'],
    ['the first page', text, { ...pane, pane: { canGoBack: false } }, '(back) reload | select_all'],
    ['selected text of a page', selected, pane, 'back reload | copy select_all'],
    ['a link of a page', link, pane, 'back reload | copy_link | select_all'],
    ['a field of a page', field, pane, 'cut copy paste select_all'],
    [
      'the field for the User Code',
      field,
      { ...pane, hasUserCode: true },
      'cut copy paste select_all | copy_user_code',
    ],
    [
      'an empty field',
      { ...field, editFlags: { ...flags, canCut: false, canCopy: false } },
      pane,
      '(cut) (copy) paste select_all',
    ],
    ['a password field', { ...field, formControlType: 'input-password' }, pane, 'paste select_all'],
    ['a script as a link', { ...text, linkURL: 'javascript:alert(1)' }, pane, 'back reload | select_all'],
  ])('%s', (_name, place, scene, shown) => {
    expect(menu(place, scene)).toBe(shown);
  });

  const places = fc.record({
    isEditable: fc.boolean(),
    selectionText: fc.string(),
    linkURL: fc.oneof(fc.webUrl(), fc.string()),
    formControlType: fc.constantFrom('none', 'input-text', 'input-password', 'text-area'),
    editFlags: fc.record({ ...flagsArbitrary() }),
  }) as fc.Arbitrary<ClickedPlace>;
  const scenes = fc.record({
    pane: fc.option(fc.record({ canGoBack: fc.boolean() }), { nil: undefined }),
    hasUserCode: fc.boolean(),
  });

  it('a password is never cut or copied, and no group or menu is empty', () => {
    fc.assert(
      fc.property(places, scenes, (place, scene) => {
        const groups = contextEntries(place, scene);
        const actions = groups.flat().map(({ action }) => action);
        expect(groups.length).toBeGreaterThan(0);
        for (const group of groups) expect(group.length).toBeGreaterThan(0);
        expect(new Set(actions).size).toBe(actions.length);
        if (place.formControlType === 'input-password') {
          expect(actions).not.toContain('copy');
          expect(actions).not.toContain('cut');
        }
        if (!scene.pane) for (const action of ['back', 'reload', 'copy_link']) expect(actions).not.toContain(action);
      }),
    );
  });
});

function flagsArbitrary() {
  return Object.fromEntries(Object.keys(flags).map((flag) => [flag, fc.boolean()]));
}
