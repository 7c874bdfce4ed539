import {
  type BaseWindow,
  type ContextMenuParams,
  Menu,
  type MenuItemConstructorOptions,
  type WebContents,
} from 'electron';
import { words } from '../../../src-shared/words/words.ts';
import { type ContextAction, contextEntries, type ContextScene } from './context-entries.ts';

/** A page on which a person asked for the context menu, by the mouse or by the keyboard. */
export interface ContextRequest extends Pick<ContextScene, 'pane'> {
  readonly contents: WebContents;
  readonly params: ContextMenuParams;
  /** The window of the page, if it is not the console's. */
  readonly window?: BaseWindow;
  /** Where the page begins in its window, in device-independent pixels. */
  readonly origin: { readonly x: number; readonly y: number };
}

/** What the menu does outside the page. */
interface ContextMenuActions {
  readonly userCode: () => string | null | undefined;
  readonly copy: (text: string) => void;
  readonly back: () => void;
  readonly reload: () => void;
}

/** Shows the context menu of a page. Its entries act on that page, also if the keyboard focus is elsewhere. */
export function showContextMenu(window: BaseWindow, request: ContextRequest, actions: ContextMenuActions): void {
  const { contents, params, pane, origin } = request;
  const groups = contextEntries(params, { pane, hasUserCode: Boolean(actions.userCode()) });
  const act = actionsOn(contents, params, actions);
  const items = groups.map((group) =>
    group.map(({ action, enabled }): MenuItemConstructorOptions => {
      const click = () => !contents.isDestroyed() && act[action]();
      return { id: action, label: words.menu.context[action], enabled, click };
    }),
  );
  Menu.buildFromTemplate(
    items.flatMap((group, place) => (place === 0 ? group : [{ type: 'separator' as const }, ...group])),
  ).popup({
    window: request.window ?? window,
    x: Math.round(origin.x + params.x),
    y: Math.round(origin.y + params.y),
    sourceType: params.menuSourceType,
  });
}

function actionsOn(
  contents: WebContents,
  { linkURL }: ContextMenuParams,
  actions: ContextMenuActions,
): Readonly<Record<ContextAction, () => void>> {
  return {
    back: actions.back,
    reload: actions.reload,
    copy_link: () => actions.copy(linkURL),
    cut: () => contents.cut(),
    copy: () => contents.copy(),
    paste: () => contents.paste(),
    select_all: () => contents.selectAll(),
    // The code may have expired while the menu was open.
    copy_user_code: () => {
      const code = actions.userCode();
      if (code) actions.copy(code);
    },
  };
}
