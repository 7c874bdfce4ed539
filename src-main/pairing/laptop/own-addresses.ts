import { networkInterfaces } from 'node:os';
import { addressOnDefaultRoute } from './default-route.ts';
import { type CardKind, kindOfCard } from './network-card.ts';

/** An address of this computer, with the name of its network card as the operating system shows it. */
export interface OwnAddress {
  readonly host: string;
  readonly card: string;
}

type Interfaces = ReturnType<typeof networkInterfaces>;

/** The current addresses of this computer in its networks, the most likely first. */
export async function ownAddresses(): Promise<readonly OwnAddress[]> {
  const onDefaultRoute = await addressOnDefaultRoute().catch(() => null);
  return mostLikelyFirst(networkInterfaces(), onDefaultRoute);
}

const linkLocal = /^fe80:/i;
const order: readonly CardKind[] = ['network', 'machines', 'tunnel'];

/**
 * The addresses of these cards, the most likely first: networks before virtual machines before tunnels, IPv4 before IPv6, and the card of
 * the default route before the others. Each card has at most one IPv6 address in the list. Link-local IPv6 addresses, as two computers with
 * a cable between them may have, are in it only if there is no other. `onDefaultRoute`: this computer's own address on that route.
 */
export function mostLikelyFirst(cards: Interfaces, onDefaultRoute: string | null): readonly OwnAddress[] {
  const found = Object.entries(cards).flatMap(([card, addresses = []]) => {
    const outside = addresses.filter(({ internal }) => !internal);
    const isOnDefaultRoute = outside.some(({ address }) => address === onDefaultRoute);
    const six = outside.filter(({ family }) => family === 'IPv6');
    const shownSix = six.find(({ address }) => !linkLocal.test(address)) ?? six[0];
    return outside
      .filter((one) => one.family === 'IPv4' || one === shownSix)
      .map(({ address, family, mac }) => ({ address, family, kind: kindOfCard(card, mac) }))
      .map(({ address, family, kind }) => ({
        host: address,
        card,
        rank: [
          // Hyper-V may put the computer's own network behind one of its cards.
          kind === 'machines' && isOnDefaultRoute ? 0 : order.indexOf(kind),
          family === 'IPv6' ? 1 : 0,
          isOnDefaultRoute ? 0 : 1,
          // Without DHCP, a computer gives itself such an address, and can reach others that did the same.
          address.startsWith('169.254.') ? 1 : 0,
        ],
      }));
  });
  const sorted = found
    .toSorted((one, other) => compare(one.rank, other.rank))
    .map(({ host, card }) => ({ host, card }));
  const others = sorted.filter(({ host }) => !linkLocal.test(host));
  return others.length > 0 ? others : sorted;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((rank, place) => rank !== other[place]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
