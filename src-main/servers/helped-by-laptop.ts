import { laptopOf, relays } from '../../src-shared/laptop-view.ts';
import type { Changes } from '../changes.ts';
import type { LaptopControl } from '../ports/pairing.ts';

/** Does a laptop help the server now? The person then uses the Authorization server's page there. */
export function isHelped(laptop: Pick<LaptopControl, 'view'>, profileId: string): boolean {
  return laptopOf(laptop.view(), profileId) !== null;
}

/** Resolves to true once the server's requests go through the laptop. False if the pairing ended before, or `cancelled` was aborted. */
export function whenRelaying(
  laptop: Pick<LaptopControl, 'view'>,
  changes: Pick<Changes, 'subscribe'>,
  profileId: string,
  cancelled?: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (outcome: boolean) => {
      stop();
      cancelled?.removeEventListener('abort', onCancelled);
      resolve(outcome);
    };
    const onCancelled = () => end(false);
    const look = () => {
      const paired = laptopOf(laptop.view(), profileId);
      if (!paired) end(false);
      else if (relays(paired.way)) end(true);
    };
    const stop = changes.subscribe(look);
    cancelled?.addEventListener('abort', onCancelled);
    if (cancelled?.aborted) onCancelled();
    else look();
  });
}
