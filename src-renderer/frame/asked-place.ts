import { useEffect } from 'react';
import type { Place } from '../../src-shared/place.ts';
import { listen } from '../bridge.ts';

let waiting: Place | null = null;
let follow: ((place: Place) => void) | null = null;

/** Listens for the place that main asks for, also before there is anybody to go there. */
export function connectAskedPlace(): void {
  listen('place.asked', (place) => {
    if (follow) follow(place);
    else waiting = place;
  });
}

/** Goes where main asks to: somebody clicked on a notification, or on the banner. */
export function useAskedPlace(go: (place: Place) => void): void {
  useEffect(() => {
    follow = go;
    if (waiting) go(waiting);
    waiting = null;
    return () => {
      follow = null;
    };
  }, [go]);
}
