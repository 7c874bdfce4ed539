import type { NearbyLaptop } from '../../src-shared/pairing/pairing.ts';

/** How consoles in one network find each other: DNS-SD (RFC 6763) over multicast DNS (RFC 6762). Nobody is trusted for being found. */
export interface NearbyLaptops {
  /** Lets consoles in the networks of this computer find it at that port. Returns what ends that. */
  announce(port: number): () => void;
  /** The laptops that answer within seconds, at most a few. Empty where the network passes no multicast. */
  find(): Promise<readonly NearbyLaptop[]>;
}
