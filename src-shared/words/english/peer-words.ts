import type { PeerDetails, PeerReason, PeerSeen, PeerVerdict } from '../../registers/peer-verdict.ts';
import { licenseWords } from './license-words.ts';
import { peerRefusals, renewThatLicense } from './peer-refusal-words.ts';
import { ago, dates, sentenceOf } from './time-spans.ts';

/** A verdict for a person: what it is, what it means, and the one thing to do. `action` is null if there is nothing to do. */
interface PeerVerdictWords {
  readonly headline: string;
  readonly meaning: string;
  readonly action: string | null;
}

/** One line of the details of a register or server. */
interface PeerFact {
  readonly label: string;
  readonly value: string;
  /** The exact instant, if the value is a time. */
  readonly exact?: string;
}

export const peerRelations = {
  our_peer: 'This server is its hub server.',
  our_hub: "It is this server's own hub server.",
} as const;
export const organizationNotNamed = 'Neither license names an organization, so only the hub server was compared.';

function verdictWords(verdict: PeerVerdict): PeerVerdictWords {
  if (!verdict.accepted) {
    const { headline, meaning, action } = peerRefusals[verdict.reason](verdict.peer ?? {});
    return { headline: `Refused: ${headline}`, meaning, action };
  }
  if (verdict.warnings.includes('license_expired')) {
    return {
      headline: 'Accepted, although its license has expired',
      meaning: 'It is accepted because the setting further down on this page says so.',
      action: renewThatLicense,
    };
  }
  const relation = peerRelations[verdict.relation];
  if (verdict.warnings.includes('organization_not_named')) {
    return {
      headline: 'Accepted, organization not compared',
      meaning: `${relation} ${organizationNotNamed}`,
      action: null,
    };
  }
  return { headline: 'Accepted', meaning: relation, action: null };
}

/** The peer's name or server ID; undefined if its token has neither. */
const nameOf = (peer: Partial<PeerDetails> | null): string | undefined => peer?.serverName ?? peer?.serverId;

/** The " of …" that follows "details" and says whose details they are. */
function detailsOf(verdict: PeerVerdict): string {
  const said = nameOf(verdict.peer);
  if (said === undefined) return ` of ${unknownDevice}`;
  return ` of ${isProven(verdict) ? said : quoted(said)}`;
}

const isProven = (verdict: PeerVerdict): boolean => verdict.accepted || verdict.authentic;

/** The device was refused because this server could not check it, which says nothing against the device. */
const unchecked = new Set<PeerReason>(['not_licensed', 'algorithm_unsupported', 'key_unknown_offline', 'key_refused']);

/** The note next to what a peer claims about itself without proof. */
function notProven(verdict: PeerVerdict): { readonly label: string; readonly meaning: string } {
  return !verdict.accepted && unchecked.has(verdict.reason)
    ? { label: 'Not checked', meaning: 'It could not be checked. These details are what it says about itself.' }
    : { label: 'Not proven', meaning: 'These details are unverified. Anybody may have written them.' };
}

const unknownDevice = 'Unknown device';
const quoted = (said: string): string => `“${said}”`;

/** The peer's name. An unproven name is marked as the peer's own claim. */
function name(verdict: PeerVerdict): string {
  const said = nameOf(verdict.peer);
  if (said === undefined) return unknownDevice;
  return isProven(verdict) ? said : `Says it is ${quoted(said)}`;
}

const editions = { cloud: 'Cloud server', corporate: 'Corporate server', store: 'Store server' } as const;

/** Register, Store server and so on; null if its token does not say. */
function kind(peer: Partial<PeerDetails> | null): string | null {
  if (peer?.deviceType === 'register') return 'Register';
  if (peer?.edition) return editions[peer.edition];
  return peer?.deviceType === 'server' ? 'Server' : (peer?.deviceType ?? null);
}

function counts({ acceptedCount, refusedCount }: PeerSeen): string {
  const parts = [
    ...(refusedCount > 0 ? [`refused ${refusedCount}×`] : []),
    ...(acceptedCount > 0 ? [`accepted ${acceptedCount}×`] : []),
  ];
  return parts.join(', ');
}

const instant = (label: string, at: number | undefined): PeerFact[] =>
  at === undefined ? [] : [{ label, value: dates.mediumDateTime(at), exact: dates.exact(at) }];
const text = (label: string, value: string | null | undefined): PeerFact[] => (value ? [{ label, value }] : []);

/** Everything known about the peer, for its details. What its token does not contain is left out. */
function facts(seen: PeerSeen): readonly PeerFact[] {
  const { verdict } = seen;
  const { peer } = verdict;
  const { organization, hub, renewal } = peer ?? {};
  return [
    ...text('Name', peer?.serverName),
    ...text('Server ID', peer?.serverId),
    ...text('Kind', kind(peer)),
    ...text('Organization', organization?.name ?? organization?.id),
    ...text('Hub Server Name', hub?.name ?? hub?.serverId),
    ...text('Hub Server URL', hub?.url),
    ...text('Features', peer?.features?.join(', ')),
    ...text('License Status', renewal && licenseWords.statusHeadlines[renewal.state]),
    ...instant('License Renewal Date', renewal?.endsAt),
    ...instant('Token issued', peer?.tokenIssuedAt),
    ...instant('Token Expiry', peer?.tokenExpiresAt),
    ...instant('First seen', seen.firstSeenAt),
    ...instant('Last seen', seen.lastSeenAt),
    ...text('Asked by', seen.askedBy),
  ];
}

export const peerWords = {
  pageTitle: 'Registers & servers',
  help: 'A register is refused: what to do',
  heading: 'Recently seen',
  summary: (seen: number, refused: number): string =>
    refused === 0 ? `${seen} seen, none refused` : `${seen} seen, ${refused} refused`,
  searchLabel: 'Search by name, Server ID, organization or reason',
  searchPlaceholder: 'Name, Server ID, organization, reason',
  filterLabel: 'Which ones to show',
  filters: {
    all: (count: number): string => `All ${count}`,
    refused: (count: number): string => `Refused ${count}`,
  },
  shown: (count: number): string => `${count} found`,
  more: 'Show more',
  nothingFound: 'Nothing found. Try fewer letters.',
  notListed: (hasUnknown: boolean): string =>
    `A register that is not on the list has not reached the POS server on this computer lately. Check that it is switched on, check its network, and check that the POS server is running.${
      hasUnknown ? ` Or it is the one listed as ${unknownDevice}: what it sends does not say who it is.` : ''
    }`,
  showAll: 'Show all',
  noneRefused: 'No register or server is refused.',
  empty: {
    off: {
      headline: 'The local license API is off',
      meaning:
        'While it is off, the POS server on this computer cannot check registers and other servers, and none appear here.',
      since:
        'The POS server on this computer cannot check registers and other servers now. The list below is from before.',
      action: 'Switch on',
    },
    noClients: {
      headline: 'No program has access yet',
      meaning: 'The POS server needs its own secret before it can check registers and other servers here.',
      since:
        'The POS server no longer has a secret, so it cannot check registers and other servers. The list below is from before.',
      action: 'Create client…',
    },
    nobody: {
      headline: 'No registers or servers have connected yet',
      meaning:
        'As soon as a register or another server connects to the POS server on this computer, it appears here. If it was refused, you see why.',
    },
    notListening: {
      headline: 'The local license API is not open',
      meaning: 'No program can use it now. The reason is further down on this page.',
    },
  },
  apiDown: {
    headline: 'The POS server may be cut off from the license',
    meaning: (why: string): string => `${sentenceOf(why)} The list here may be out of date.`,
    action: 'Show what to do',
  },
  notLicensed: {
    headline: 'This server is not licensed',
    meaning: 'Without its own license, it cannot check registers and other servers, so all of them are refused.',
    action: 'Open Manage License',
  },
  verdict: verdictWords,
  refusal: (reason: PeerReason, peer: Partial<PeerDetails> = {}) => peerRefusals[reason](peer),
  name,
  kind,
  isProven,
  notProven,
  whatToDo: 'What to do:',
  actions: { clock: 'How to set the clock', connection: 'What is wrong with the connection?' },
  seenAgo: (nowAt: number, at: number): string => `Seen ${ago(nowAt, at)}`,
  counts,
  details: 'Details',
  fewerDetails: 'Hide details',
  detailsOf,
  facts,
  code: 'Code',
  acceptedCode: 'accepted',
  copy: 'Copy details for support',
  copyTitle: 'Seen by',
  verdictLabel: 'Verdict',
  meaningLabel: 'Meaning',
  countsLabel: 'How often',
  copied: 'Details copied. Paste them into your message to support.',
};
