import { laptopOf, type LaptopWay } from '../../src-shared/pairing/laptop-view.ts';
import type { Changes } from '../changes.ts';
import type { LaptopControl } from '../ports/pairing.ts';

/** Does a laptop help the server now? The person then uses the Authorization server's page there. */
export function isHelped(laptop: Pick<LaptopControl, 'view'>, profileId: string): boolean {
  return laptopOf(laptop.view(), profileId) !== null;
}

/**
 * Resolves to the first way of the server's laptop that `isAwaited` accepts. Null if the pairing ended before, or `cancelled` was aborted.
 */
export function whenLaptop(
  isAwaited: (way: LaptopWay) => boolean,
  laptop: Pick<LaptopControl, 'view'>,
  changes: Pick<Changes, 'subscribe'>,
  profileId: string,
  cancelled?: AbortSignal,
): Promise<LaptopWay | null> {
  return new Promise((resolve) => {
    const end = (way: LaptopWay | null) => {
      stop();
      cancelled?.removeEventListener('abort', onCancelled);
      resolve(way);
    };
    const onCancelled = () => end(null);
    const look = () => {
      const paired = laptopOf(laptop.view(), profileId);
      if (!paired) end(null);
      else if (isAwaited(paired.way)) end(paired.way);
    };
    const stop = changes.subscribe(look);
    cancelled?.addEventListener('abort', onCancelled);
    if (cancelled?.aborted) onCancelled();
    else look();
  });
}
