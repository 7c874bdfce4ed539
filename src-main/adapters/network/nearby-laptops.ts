import type { EventEmitter } from 'node:events';
import { hostname, networkInterfaces } from 'node:os';
import type { Bonjour, Service } from 'bonjour-service';
import { type NearbyLaptop, usualPairingPort } from '../../../src-shared/pairing/pairing.ts';
import type { Log } from '../../ports/log.ts';
import type { NearbyLaptops } from '../../ports/nearby-laptops.ts';

/** The DNS-SD service type is `_fusion-license._tcp`. */
const type = 'fusion-license';
/**
 * An answer takes a few milliseconds in a wired network, and a few hundred in a wireless one that collects multicast packets before it
 * sends them.
 */
const askAgainMs = 500;
const findTimeoutMs = 2_000;
/** After the first laptop, others that answer as fast are still found. */
const restMs = 300;
/** More would not fit into a choice, and a store has one. */
const mostFound = 6;
/** In bytes: a label of the name system has at most 63. */
const longestName = 60;

/** `cards`: the addresses of the network cards to use. */
export function nearbyLaptops(log: Log, cards = ownCards): NearbyLaptops {
  /** One for each card, because the system sends multicast packets through one card only. */
  const onEachCard = async (use: (bonjour: Bonjour) => void): Promise<() => void> => {
    // Imported here, because a console that neither helps nor is helped does not need it.
    const { default: BonjourOfCard } = await import('bonjour-service');
    let hasFailed = false;
    const failed = (thrown: unknown) => {
      // Once, so that nobody in the network can fill the log with questions.
      if (!hasFailed) log.warn('pairing', 'multicast_failed', { reason: String(thrown).slice(0, 200) });
      hasFailed = true;
    };
    const all: Bonjour[] = [];
    try {
      for (const address of cards()) {
        // Its types leave out the options of the package that it passes them to. Two errors would end the process without `failed`: an
        // answer that cannot be sent because the card has gone, and a port that another program uses.
        const bonjour: Bonjour = new BonjourOfCard({ interface: address, bind: '0.0.0.0' } as object, failed);
        all.push(bonjour);
        (bonjour as unknown as { server: { mdns: EventEmitter } }).server.mdns.on('error', failed);
        use(bonjour);
      }
    } catch (thrown) {
      for (const bonjour of all) bonjour.destroy();
      throw thrown;
    }
    return () => {
      for (const bonjour of all) bonjour.unpublishAll(() => bonjour.destroy());
    };
  };
  return {
    announce(port) {
      const service = { name: ownName(), type, port, probe: false, disableIPv6: true };
      const announced = onEachCard((bonjour) => bonjour.publish(service)).catch((thrown: unknown) => {
        log.error('pairing', 'announce_fault', thrown);
        return () => {};
      });
      return () => void announced.then((end) => end());
    },
    async find() {
      const found = new Map<string, NearbyLaptop>();
      let rest = () => {};
      const rested = new Promise<void>((resolve) => {
        rest = resolve;
      });
      const timers = [setTimeout(() => rest(), findTimeoutMs)];
      const take = (service: Service) => {
        const laptop = laptopOf(service);
        if (!laptop || found.size >= mostFound) return;
        found.set(laptop.address, laptop);
        timers.push(setTimeout(() => rest(), restMs));
      };
      try {
        const end = await onEachCard((bonjour) => {
          const browser = bonjour.find({ type }, take);
          timers.push(setTimeout(() => browser.update(), askAgainMs));
        });
        await rested;
        end();
      } finally {
        for (const timer of timers) clearTimeout(timer);
      }
      return [...found.values()];
    },
  };
}

/** Where the answer came from is an address by which this computer reaches the laptop. The ones that it names may be others. */
function laptopOf({ name, port, referer }: Service): NearbyLaptop | null {
  if (!referer || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  const address = port === usualPairingPort ? referer.address : `${referer.address}:${port}`;
  return { name: name.slice(0, longestName), address };
}

function ownCards(): readonly string[] {
  const cards = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return cards.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}

/** The host name, up to its first dot: a name with dots would be several labels. */
function ownName(): string {
  let [name = ''] = hostname().split('.');
  while (Buffer.byteLength(name) > longestName) name = name.slice(0, -1);
  return name;
}
