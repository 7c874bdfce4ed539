import { useEffect } from 'react';
import type { AskedPlace, Place } from '../../src-shared/place.ts';
import { listen } from '../bridge.ts';

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
      if (!dialogOpen) go(asked.place);
      else if (asked.by === 'notification') waiting = asked;
    };
    const asked = waiting;
    waiting = null;
    if (asked) follow(asked);
    return () => {
      follow = null;
    };
  }, [go, dialogOpen]);
}

/** Call when the person goes to a page: a place that still waits is out of date. */
export function forgetPlaceRequest(): void {
  waiting = null;
}
