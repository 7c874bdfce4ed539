import type { LaptopWay } from '../../pairing/laptop-view.ts';
import type { NearbyLaptop } from '../../pairing/pairing.ts';
import { dates, span } from './time-spans.ts';

/** What the console of a server shows about the laptop that helps it. */
export const laptopWords = {
  action: 'Use a laptop',
  dialog: {
    heading: 'Use a laptop’s internet',
    meaning: 'On the laptop, open this program and choose Help a server get licensed in the Go menu.',
    address: 'Address',
    addressHint: 'As the laptop shows it. A barcode scanner may enter the QR code here.',
    found: (count: number): string =>
      count === 0
        ? 'Looking for laptops in this network…'
        : count === 1
          ? 'A laptop in this network offers help:'
          : 'Laptops in this network offer help. Choose yours:',
    nearbyLaptop: ({ name, address }: NearbyLaptop): string => `${name} (${address})`,
    code: 'Pairing code',
    codeHint: 'Capital letters, spaces and dashes do not matter.',
    missing: 'Enter what the laptop shows.',
    missingCode: 'Enter the pairing code too.',
    connect: 'Connect',
    connecting: (address: string): string => (address === '' ? 'Connecting…' : `Connecting to ${address}…`),
    cancel: 'Cancel',
  },
  card: 'The laptop',
  connected: (until: number | undefined): string =>
    until === undefined ? 'Connected to the laptop' : `Connected to the laptop until ${dates.time(until)}`,
  words: 'The laptop shows the same words:',
  differ: 'If they differ, disconnect.',
  /** What a paired laptop does now, besides that it is connected. A refusal and a laptop that does not answer are failures. */
  ways: {
    unconfirmed: 'The person at the laptop has to confirm the Authorization server first.',
    refused: null,
    starting: null,
    relaying: null,
    doubted: 'The last request got no answer through the laptop. The console now tries its own connection first.',
    interrupted: 'The connection to the laptop is interrupted. The console tries again…',
    gone: null,
  } satisfies Record<LaptopWay, string | null>,
  /** `aheadMs`: how far the laptop's clock is ahead of this computer's. `localAt`: the time by this computer. */
  clockDiffers: (aheadMs: number, localAt: number): string =>
    `This computer's clock is ${span(Math.abs(aheadMs))} ${aheadMs > 0 ? 'behind' : 'ahead of'} the laptop's. If the laptop's clock is right, set this clock to ${dates.dateTime(localAt + aheadMs)}.`,
  /** In place of the sentence for `unconfirmed`, before the address of the Authorization server is known. */
  beforeAddress: 'Enter the address of the Authorization server below. The person at the laptop then confirms it.',
  /** After the sentence for `unconfirmed`. */
  thenCode: 'Then the User Code appears here automatically.',
  disconnect: 'Disconnect',
  close: 'Close',
  again: 'Use a laptop again',
};
