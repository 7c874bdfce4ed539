import type { OfferEnd, OfferView, LaptopAddress, RelayedHost, ServerReport } from '../../pairing/pairing.ts';
import { listed } from './counts-and-lists.ts';
import { dataSize } from './data-size.ts';
import { dates, minutesAndSeconds, span } from './time-spans.ts';

const ends: Record<Exclude<OfferEnd, 'failed' | 'wrong_codes'>, string> = {
  person: 'You stopped helping.',
  time: 'Time is up.',
};

/** Each address once, in the order in which they came. */
const eachOf = (addresses: readonly string[]): string =>
  listed([...new Set(addresses.filter((address) => address !== ''))]) || 'an unknown address';

const until = (at: number, now: number): string => (at > now ? `in ${span(at - now)}` : `${span(now - at)} ago`);

/** What a laptop shows while it helps other servers. */
export const offerWords = {
  pageTitle: 'Help a server get licensed',
  menu: '&Help a server get licensed',
  lede: 'For a server without internet: it gets its license through this computer, and you sign in here.',
  steps: [
    'Connect both computers to the same network, for example with a cable or the hotspot of this computer.',
    'Start here. At the server, choose Use a laptop, then enter the address and the pairing code.',
    'Authorize the server here. Its license goes to the server and does not stay on this computer.',
  ],
  start: 'Start',
  startAgain: 'Start again',
  end: 'End help',
  close: 'Close',
  ended: (end: Exclude<OfferEnd, 'failed'>, wrongFrom: readonly string[]): string =>
    end === 'wrong_codes'
      ? `Five wrong pairing codes came from ${eachOf(wrongFrom)}, so helping was stopped. Check who is trying to connect.`
      : ends[end],
  wrongCodes: (from: readonly string[]): string =>
    `${from.length === 1 ? 'A wrong pairing code' : `${from.length} wrong pairing codes`} came from ${eachOf(from)}. After five, the console stops helping.`,
  otherVersion: ({ from, is }: NonNullable<OfferView['otherVersion']>): string =>
    is === 'older'
      ? `The console at ${from} has an older version and cannot connect. Update the console there, then try again.`
      : `The console at ${from} has a newer version and cannot connect. Update the console of this computer, then try again.`,
  endedMeaning: 'Nothing is connected now. The pairing codes can no longer be used.',
  nextServer: 'For the next server',
  instruction: 'At the server, choose Use a laptop, then enter these.',
  address: 'Address',
  card: (name: string): string => `Network card: ${name}`,
  otherAddresses: 'If that address does not work:',
  otherAddress: ({ address, card }: LaptopAddress): string => `${address} (${card})`,
  code: 'Pairing code',
  codeNote: 'Each code is for one server.',
  qrLabel: 'QR code with the address and the pairing code',
  qrNote: 'A barcode scanner at the server enters both.',
  endsAt: (at: number): string => `Ends at ${dates.time(at)}.`,
  waiting: 'Waiting for you',
  servers: 'Servers',
  noServer: 'No server has connected yet.',
  cannotConnect: 'If a server cannot connect',
  /** What lies between a server and this computer, the most likely first. */
  obstacles: (port: number): readonly string[] => [
    `Firewall of this computer: allow the console (TCP port ${port}). If Windows asks, allow it on private networks.`,
    'Guest Wi-Fi: it often keeps computers apart. Connect both computers with a cable, or to the hotspot of a phone.',
    'VPN on this computer: disconnect it. Some VPNs block the local network.',
    'Address: if there are others, try them. Each belongs to one network card of this computer.',
  ],
  unnamed: 'Server',
  words: 'Compare these words with the server’s screen:',
  lost: 'The connection is interrupted. The server tries again automatically.',
  left: 'The server has disconnected.',
  foreignLink:
    'The page for the User Code is at an address that the Authorization server does not name. The page that it names opens instead, and the User Code is copied.',
  waitsForReport: 'Connected. Waiting for the server’s first report…',
  question: (serverName: string, host: string) => ({
    before: `${serverName} asks for `,
    host,
    after: '. Is this your Authorization server?',
  }),
  questionMeaning: 'Confirm only an address that you know. The server then reaches it through this computer.',
  yes: 'Yes, it is ours',
  no: 'No',
  denied: 'You chose No, so this server cannot reach the Authorization server through this computer.',
  disconnect: 'Disconnect',
  disconnectServer: (serverName: string): string => `Disconnect ${serverName}`,
  askAgain: 'Ask me again',
  checkingIssuer: (host: string): string => `Asking ${host} for its addresses…`,
  states: {
    idle: 'No User Code yet. At the server, choose Next.',
    requesting_code: 'The server is requesting a User Code…',
    awaiting_authorization: 'Waits for you to authorize it.',
    storing_license: 'Authorized. The server stores its license…',
    confirming_server: 'The license may be for another server. The person at the server chooses whether to keep it.',
    failed: 'That did not work. The server’s screen says what to do.',
  } satisfies Record<ServerReport['acquisition']['state'], string>,
  codeEnded: 'The User Code has expired. At the server, get a new one.',
  userCode: 'User Code',
  timeLeft: (seconds: number): string => `${minutesAndSeconds(seconds)} left`,
  authorize: 'Authorize',
  authorizeServer: (serverName: string): string => `Authorize ${serverName}`,
  filledIn: 'The User Code is filled in. Check the device on the right, then choose Authorize there.',
  pasteIt: 'The User Code was copied. Paste it on the right, choose the device, then choose Authorize there.',
  copyCode: 'Copy the User Code',
  codeCopied: 'User Code copied to the clipboard',
  licensed: 'Licensed',
  renewal: (endsAt: number | undefined, now: number): string =>
    endsAt === undefined ? 'Not needed' : `${dates.date(endsAt)}, ${until(endsAt, now)}`,
  tokenExpiry: (at: number, now: number): string => `${dates.mediumDateTime(at)}, ${until(at, now)}`,
  relayed: 'Through this computer',
  connection: ({ to, openConnections, bytesUp, bytesDown }: RelayedHost): string =>
    `${to}: ${openConnections} open, ${dataSize(bytesUp)} sent, ${dataSize(bytesDown)} received`,
};
