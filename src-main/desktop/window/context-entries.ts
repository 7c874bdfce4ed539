import type { ContextMenuParams } from 'electron';
import type { words } from '../../../src-shared/words/words.ts';

/** What a right click, or the menu key, may offer. */
export type ContextAction = keyof typeof words.menu.context;

interface ContextEntry {
  readonly action: ContextAction;
  readonly enabled: boolean;
}

/** The part of Electron's description of the place that the entries depend on. */
export type ClickedPlace = Pick<
  ContextMenuParams,
  'isEditable' | 'selectionText' | 'linkURL' | 'formControlType' | 'editFlags'
>;

export interface ContextScene {
  /** A page of the Authorization pane. It has a way back. Undefined for the console's own page. */
  readonly pane?: { readonly canGoBack: boolean } | undefined;
  /** A User Code is on the screen. */
  readonly hasUserCode: boolean;
}

/**
 * The entries of the context menu, in groups without empty ones. No entry leaves the page or its policy: a link can be copied, but not
 * opened elsewhere. A password can be pasted, but neither cut nor copied.
 */
export function contextEntries(place: ClickedPlace, scene: ContextScene): readonly (readonly ContextEntry[])[] {
  const groups = [moves(place, scene), linkEntries(place, scene), edits(place), codeEntries(scene)];
  return groups.filter((group) => group.length > 0);
}

/** A field shows only its own entries, as in every browser. */
function moves({ isEditable }: ClickedPlace, { pane }: ContextScene): readonly ContextEntry[] {
  if (!pane || isEditable) return [];
  return [
    { action: 'back', enabled: pane.canGoBack },
    { action: 'reload', enabled: true },
  ];
}

/** The console's own page has links only to places on itself. */
function linkEntries({ linkURL }: ClickedPlace, { pane }: ContextScene): readonly ContextEntry[] {
  return pane && /^https?:/i.test(linkURL) ? [{ action: 'copy_link', enabled: true }] : [];
}

function edits({ isEditable, selectionText, formControlType, editFlags }: ClickedPlace): readonly ContextEntry[] {
  const isPassword = formControlType === 'input-password';
  const selectAll: ContextEntry = { action: 'select_all', enabled: editFlags.canSelectAll };
  if (isEditable) {
    const takes: readonly ContextEntry[] = [
      { action: 'cut', enabled: editFlags.canCut },
      { action: 'copy', enabled: editFlags.canCopy },
    ];
    return [...(isPassword ? [] : takes), { action: 'paste', enabled: editFlags.canPaste }, selectAll];
  }
  const hasSelection = selectionText.trim() !== '' && !isPassword;
  return [...(hasSelection ? [{ action: 'copy', enabled: editFlags.canCopy } as const] : []), selectAll];
}

function codeEntries({ hasUserCode }: ContextScene): readonly ContextEntry[] {
  return hasUserCode ? [{ action: 'copy_user_code', enabled: true }] : [];
}
