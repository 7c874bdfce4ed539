import { isIP } from 'node:net';
import { type PairingAddress, readPairingAddress, shownPairingAddress } from '../pairing-address.ts';
import { withZones } from './zoned-addresses.ts';

/** More are never tried, whatever a laptop names. */
const mostTried = 16;

/**
 * Where a paired laptop may be: at the address that worked last, at those that it names now, and at those that were entered or scanned. A
 * laptop may be in two networks, or get another address. It may name any address, because a connection accepts only its certificate.
 */
export class LaptopAddresses {
  readonly #entered: readonly PairingAddress[];
  #working: PairingAddress;
  #named: readonly PairingAddress[] = [];

  constructor(working: PairingAddress, entered: readonly PairingAddress[]) {
    this.#working = working;
    this.#entered = entered;
  }

  /** All of them, the most likely first. */
  get all(): readonly PairingAddress[] {
    const all = withZones([this.#working, ...this.#named, ...this.#entered]);
    return [...new Map(all.map((address) => [shownPairingAddress(address), address])).values()].slice(0, mostTried);
  }

  worked(address: PairingAddress): void {
    this.#working = address;
  }

  /**
   * The addresses that the laptop names now. A host name that has to be looked up is ignored, and so is the name of the laptop's own
   * network card.
   */
  named(texts: readonly string[]): void {
    this.#named = texts.flatMap((text) => {
      const address = readPairingAddress(text);
      return address && isIP(address.host) !== 0 && !address.host.includes('%') ? [address] : [];
    });
  }
}
