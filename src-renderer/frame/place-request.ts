import { useEffect } from 'react';
import type { AskedPlace, Place } from '../../src-shared/window/place.ts';
import { listen } from '../state/bridge.ts';
import { isDialogOpen } from '../controls/open-dialog.ts';

let waiting: AskedPlace | null = null;
let follow: ((asked: AskedPlace) => void) | null = null;

/** Listens for a place that the main process asks to show. Keeps it until the window is ready to go there. */
export function connectPlaceRequest(): void {
  listen('place.asked', (asked) => {
    if (follow) follow(asked);
    else waiting = asked;
  });
}

/**
 * Goes to the place that the main process asks to show. An open dialog stays, because its page would take it and the text in it
 * away: the menu bar and its keys do nothing then, and the place of a notification waits until the dialog has closed.
 */
export function usePlaceRequest(go: (place: Place) => void, dialogOpen: boolean): void {
  useEffect(() => {
    follow = (asked) => {
      // `dialogOpen` changes a moment after a dialog has closed, and a key may be pressed before.
      if (!isDialogOpen()) go(asked.place);
      else if (asked.by === 'notification') waiting = asked;
    };
    return () => {
      follow = null;
    };
  }, [go]);
  useEffect(() => {
    if (dialogOpen || !waiting) return;
    const { place } = waiting;
    waiting = null;
    go(place);
  }, [go, dialogOpen]);
}

/** Call when the person goes to a page: a place that still waits is out of date. */
export function forgetPlaceRequest(): void {
  waiting = null;
}
