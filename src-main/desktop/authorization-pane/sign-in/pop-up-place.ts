import type { Rectangle } from 'electron';
import { words } from '../../../../src-shared/words/words.ts';

const usualSize = { width: 500, height: 650 };
/** Wide enough for the end of its title, and for a sign-in. */
export const leastPopUp = { width: 460, height: 400 };
const mostPopUp = { width: 1000, height: 900 };
/** The console must stay visible around the pop-up, so that nobody mistakes the pop-up for the whole screen. */
const mostOfScreen = 0.9;

/**
 * Where a pop-up opens, in device-independent pixels of the screen: in the middle of the pane, with the size that the page asks for in the
 * `features` of `window.open`, but never tiny, as large as the screen or off it. A page cannot choose the position.
 */
export function popUpBounds(features: string, pane: Rectangle, workArea: Rectangle): Rectangle {
  const size = (side: 'width' | 'height') => {
    const most = Math.min(mostPopUp[side], Math.floor(workArea[side] * mostOfScreen));
    return Math.min(most, Math.max(leastPopUp[side], wanted(features, side) ?? usualSize[side]));
  };
  const [width, height] = [size('width'), size('height')];
  const inside = (middle: number, length: number, start: number, room: number) =>
    Math.round(Math.min(start + room - length, Math.max(start, middle - length / 2)));
  return {
    x: inside(pane.x + pane.width / 2, width, workArea.x, workArea.width),
    y: inside(pane.y + pane.height / 2, height, workArea.y, workArea.height),
    width,
    height,
  };
}

function wanted(features: string, side: string): number | null {
  const found = new RegExp(`(?:^|[\\s,])(?:inner)?${side}\\s*=\\s*(\\d{1,6})`, 'i').exec(features);
  return found ? Number(found[1]) : null;
}

/** As many characters as the title of the narrowest pop-up shows. */
const mostOfTitle = 40;

/** The title of a pop-up. The end of a host says who owns it, so a long origin loses its beginning. */
export function popUpTitle(origin: string): string {
  const shown = /^https?:/.test(origin) ? origin : '';
  return words.pane.popUpTitle(shown.length > mostOfTitle ? `…${shown.slice(1 - mostOfTitle)}` : shown);
}
