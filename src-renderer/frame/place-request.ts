import { useEffect } from 'react';
import type { Place } from '../../src-shared/place.ts';
import { listen } from '../bridge.ts';

let waiting: Place | null = null;
let follow: ((place: Place) => void) | null = null;

/** Listens for a place that the main process asks to show. Keeps it until the window is ready to go there. */
export function connectPlaceRequest(): void {
  listen('place.asked', (place) => {
    if (follow) follow(place);
    else waiting = place;
  });
}

/** Goes to the place that the main process asks to show, after a click on a notification or on the banner. */
export function usePlaceRequest(go: (place: Place) => void): void {
  useEffect(() => {
    follow = go;
    if (waiting) go(waiting);
    waiting = null;
    return () => {
      follow = null;
    };
  }, [go]);
}
