import type { OfferView } from './pairing.ts';

/** How many servers a laptop helps now. */
export function helpedCount({ servers }: OfferView): number {
  return servers.filter(({ connected, left }) => connected && !left).length;
}
