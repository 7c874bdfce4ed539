import { laptopOf, type LaptopView, type LaptopWay } from '../../src-shared/pairing/laptop-view.ts';
import type { Result } from '../../src-shared/result.ts';
import type { Changes } from '../changes.ts';

/** The laptop that helps a server of this console, as the screen and the commands control it. */
export interface LaptopControl {
  view(): LaptopView | null;
  /**
   * Pairs with a laptop. `code` may be the whole text of its QR code; `address` is then not needed. An earlier pairing ends. Failures:
   * `pairing_address_invalid`, `pairing_code_invalid`, `laptop_unreachable`, `pairing_code_wrong`, `pairing_ended`, `pairing_version`.
   * Once `until` is aborted, {@link end} follows, unless another pairing has begun in the meantime.
   */
  pair(profileId: string, address: string, code: string, until?: AbortSignal): Promise<Result<null>>;
  /** Ends the pairing, also at the laptop. A pairing that has already ended is then no longer shown. */
  end(): void;
}

/** Does a laptop help the server now? The person then uses the Authorization server's page there. */
export function isHelped(laptop: Pick<LaptopControl, 'view'>, profileId: string): boolean {
  return laptopOf(laptop.view(), profileId) !== null;
}

/**
 * Resolves to the first state of the server's laptop that `isAwaited` accepts. Null if the pairing ended before, or `cancelled` was
 * aborted.
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
