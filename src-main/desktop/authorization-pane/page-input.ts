import type { ContextMenuParams, WebContents } from 'electron';
import { zoomByWheel } from '../window/wheel-zoom.ts';
import { type ZoomChange, zoomOfKey } from '../window/zoom-steps.ts';
import { type FindKey, findKeyOf } from './page-find.ts';

interface PageInputDeps {
  /** F6, or Shift+F6. */
  readonly onLeave: (backwards: boolean) => void;
  readonly onZoom: (change: ZoomChange) => void;
  /** Returns whether the key was used. The page gets it otherwise. */
  readonly onFind: (key: FindKey) => boolean;
  readonly onMenu: (params: ContextMenuParams) => void;
}

/** The input that begins a request for the context menu. */
const asksForMenu: ReadonlySet<string> = new Set(['mouseDown', 'rawKeyDown', 'keyDown', 'touchStart']);

/** Handles the keys, the wheel and the right click that belong to the console, before or instead of the page. */
export function handleInput(contents: WebContents, { onLeave, onZoom, onFind, onMenu }: PageInputDeps): void {
  let mayOpenMenu = false;
  contents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown') return;
    if (input.key === 'F6') {
      event.preventDefault();
      return onLeave(input.shift);
    }
    const find = findKeyOf(input);
    if (find) return onFind(find) ? event.preventDefault() : undefined;
    const change = zoomOfKey(input);
    if (!change) return;
    event.preventDefault();
    onZoom(change);
  });
  zoomByWheel(contents, onZoom);
  // A page alone opens no menu: that needs an input of a person, and each input counts once.
  contents.on('input-event', (_event, { type }) => {
    if (asksForMenu.has(type)) mayOpenMenu = true;
  });
  contents.on('context-menu', (_event, params) => {
    if (mayOpenMenu) onMenu(params);
    mayOpenMenu = false;
  });
}
