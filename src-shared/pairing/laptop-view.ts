import type { FailureCode } from '../failure-codes.ts';

/** The state of a paired laptop, which decides the route that the server's requests take. */
export type LaptopWay =
  /** The person at the laptop has not confirmed the Authorization server. */
  | 'unconfirmed'
  /** The person at the laptop has said that this is not their Authorization server. Another address is asked about again. */
  | 'refused'
  /** The person has confirmed it. The connection that follows the laptop is not open yet. */
  | 'starting'
  | 'relaying'
  /** The laptop answers, but a request got no answer through it. This computer's own route is tried first. */
  | 'doubted'
  /** The connection is interrupted, and is tried again. */
  | 'interrupted'
  /** The laptop has been silent for so long that a person should look at it. It is tried again. */
  | 'gone';

interface Laptop {
  /** The server profile that the laptop helps. */
  readonly profileId: string;
  readonly address: string;
}

export interface PairedLaptopView extends Laptop {
  readonly state: 'paired';
  /** The laptop shows the same three words. */
  readonly words: readonly [string, string, string];
  /** Wall time of this computer, in ms. */
  readonly endsAt: number;
  readonly way: LaptopWay;
  /**
   * How far the laptop's clock is ahead of this computer's, in ms, to the minute; negative if it is behind. Absent if the two agree,
   * or if a server has confirmed this computer's clock. The laptop may be the one that is wrong.
   */
  readonly clockAheadMs?: number;
}

interface EndedLaptopView extends Laptop {
  readonly state: 'ended';
  /** Why it ended or could not be paired. Absent if this console's person ended it. */
  readonly failureCode?: FailureCode;
}

/** The laptop that helps this server, as the server's console shows it. */
export type LaptopView = (Laptop & { readonly state: 'connecting' }) | PairedLaptopView | EndedLaptopView;

/** The part of the window's state that these functions read. */
interface LaptopAndServer {
  readonly laptop: LaptopView | null;
  readonly profile: { readonly id: string } | null;
}

/** Do the server's requests go through the laptop? */
export function relays(way: LaptopWay): boolean {
  return way === 'relaying' || way === 'doubted';
}

/** The laptop that is paired for this server. Null without one. */
export function laptopOf(laptop: LaptopView | null, profileId: string | undefined): PairedLaptopView | null {
  return laptop?.state === 'paired' && laptop.profileId === profileId ? laptop : null;
}

/** The laptop of the server that the window shows, or at the first run of the one that is about to be set up. */
export function shownLaptop({ laptop, profile }: LaptopAndServer): LaptopView | null {
  return laptop && (!profile || laptop.profileId === profile.id) ? laptop : null;
}

/** Does a laptop help the server of {@link shownLaptop} now? One that is gone does not, until it answers again. */
export function isShownHelped(state: LaptopAndServer): boolean {
  const laptop = shownLaptop(state);
  return laptop?.state === 'paired' && laptop.way !== 'gone';
}

/** What is wrong with the laptop, in a way that a person should look at. Null if nothing is. */
export function laptopTrouble(laptop: LaptopView | null): FailureCode | null {
  if (laptop?.state === 'ended') return laptop.failureCode ?? null;
  if (laptop?.state !== 'paired') return null;
  if (laptop.way === 'refused') return 'issuer_refused';
  return laptop.way === 'gone' ? 'laptop_gone' : null;
}

/** How far a paired laptop's clock is ahead of this computer's, in ms, if they differ. */
export function clockAheadOf(laptop: LaptopView | null): number | undefined {
  return laptop?.state === 'paired' ? laptop.clockAheadMs : undefined;
}

/** Does the laptop help, with nothing that a person should look at? */
export function helpsWell(laptop: LaptopView | null): boolean {
  return laptop?.state === 'paired' && laptopTrouble(laptop) === null;
}
