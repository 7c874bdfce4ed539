import type { ClientView, CreatedClient, LocalApiView } from '../../src-shared/registers/local-api-view.ts';
import type { PeerDetails, PeerReason, PeerSeen, PeersView } from '../../src-shared/registers/peer-verdict.ts';
import { failure } from '../../src-shared/result.ts';
import { galleryNow } from './console-states.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const register: PeerDetails = {
  serverId: '3c1f9a42-7b60-4b58-8c54-register-01',
  serverName: 'Register 1',
  deviceType: 'register',
  organization: { id: 'fc-xmsqa1', name: 'Fusion Coffee' },
  features: ['pos'],
  hub: { serverId: '8f0c6b1e-2d57-4c1a-9a35-store-014', name: 'Store 014', url: 'https://store014.example.com' },
  renewal: { state: 'licensed', warnsAt: galleryNow + 90 * day, endsAt: galleryNow + 120 * day },
  tokenIssuedAt: galleryNow - 5 * hour,
  tokenExpiresAt: galleryNow + 3 * day,
};

function registerOf(number: number, changes: Partial<PeerDetails> = {}): PeerDetails {
  const serverId = `3c1f9a42-7b60-4b58-8c54-register-${String(number).padStart(2, '0')}`;
  return { ...register, serverId, serverName: `Register ${number}`, ...changes };
}

const corporate: PeerDetails = {
  ...register,
  serverId: 'b7d0e7a4-15aa-4fd7-b7c1-corporate-1',
  serverName: 'Corporate 1',
  deviceType: 'server',
  edition: 'corporate',
  hub: { serverId: 'cloud-1', name: 'Cloud' },
};

type Times = Partial<Pick<PeerSeen, 'lastSeenAt' | 'acceptedCount' | 'refusedCount' | 'askedBy' | 'key'>>;

function seen(verdict: PeerSeen['verdict'], times: Times): PeerSeen {
  return {
    key: verdict.peer?.serverId ?? 'nobody',
    verdict,
    firstSeenAt: galleryNow - 9 * day,
    lastSeenAt: galleryNow - 20_000,
    acceptedCount: 0,
    refusedCount: 0,
    askedBy: 'POS server',
    ...times,
  };
}

export function acceptedPeer(peer: PeerDetails = register, times: Times = {}): PeerSeen {
  const relation = peer.deviceType === 'register' ? 'our_peer' : 'our_hub';
  const warnings = peer.renewal.state === 'expired' ? (['license_expired'] as const) : [];
  return seen({ accepted: true, peer, relation, warnings, judgedAt: galleryNow }, { acceptedCount: 1204, ...times });
}

export function refusedPeer(
  reason: PeerReason,
  peer: Partial<PeerDetails> | null = register,
  { authentic = true, ...times }: Times & { readonly authentic?: boolean } = {},
): PeerSeen {
  return seen({ accepted: false, reason, peer, authentic, judgedAt: galleryNow }, { refusedCount: 14, ...times });
}

const expired = { state: 'expired', warnsAt: galleryNow - 42 * day, endsAt: galleryNow - 12 * day } as const;
const unproven = { authentic: false };

/** Peers with every reason for a refusal, and accepted ones. */
const mixed: readonly PeerSeen[] = [
  acceptedPeer(registerOf(1)),
  acceptedPeer(registerOf(2), { lastSeenAt: galleryNow - 4 * minute, refusedCount: 2 }),
  refusedPeer('expired', registerOf(3, { tokenIssuedAt: galleryNow - 8 * day, tokenExpiresAt: galleryNow - 2 * day }), {
    acceptedCount: 986,
  }),
  refusedPeer('other_organization', registerOf(4, { organization: { id: 'ft-1', name: 'Fusion Tea' } })),
  refusedPeer('organization_missing', { serverId: 'register-17', serverName: 'Register 17', deviceType: 'register' }),
  refusedPeer('not_our_peer', registerOf(5, { hub: { name: 'Store 027', serverId: 'store-027' } }), {
    lastSeenAt: galleryNow - 3 * hour,
  }),
  refusedPeer('license_expired', registerOf(6, { renewal: expired })),
  refusedPeer('clock_wrong', registerOf(7, { tokenIssuedAt: galleryNow + 2 * hour })),
  refusedPeer('signature_invalid', registerOf(8), unproven),
  refusedPeer('key_unknown', { serverName: 'Register 9', serverId: 'register-09', deviceType: 'register' }, unproven),
  refusedPeer('key_unknown_offline', registerOf(10), unproven),
  refusedPeer('key_refused', registerOf(18), unproven),
  refusedPeer('algorithm_unsupported', registerOf(16), unproven),
  refusedPeer('malformed', null, { ...unproven, refusedCount: 1, lastSeenAt: galleryNow - 2 * day }),
  refusedPeer('proof_missing', registerOf(11)),
  refusedPeer('proof_invalid', registerOf(12)),
  refusedPeer('type_invalid', { serverId: 'kiosk-7' }),
  refusedPeer('other_issuer', registerOf(13)),
  refusedPeer('other_audience', registerOf(14)),
  refusedPeer('license_details_missing', { serverId: 'a-device-of-no-kind' }),
  acceptedPeer(corporate, { acceptedCount: 31, lastSeenAt: galleryNow - 26 * hour }),
  acceptedPeer(registerOf(15, { renewal: expired })),
];

const unlicensed = [1, 2, 3].map((number) => refusedPeer('not_licensed', registerOf(number), unproven));

const long = 'Erdgeschoss-Schnellkasse-neben-dem-Haupteingang-der-Filiale-Donaudampfschifffahrtsgesellschaft 1';
const longNames: readonly PeerSeen[] = [
  refusedPeer('not_our_peer', {
    ...register,
    serverName: long,
    serverId: '0123456789abcdef'.repeat(6),
    organization: { id: 'x', name: `Organization ${long}` },
    hub: { name: `Hub ${long}`, url: `https://${'long-name.'.repeat(8)}example.com` },
  }),
  ...Array.from({ length: 60 }, (_one, index) => acceptedPeer(registerOf(index + 2))),
];

/** The registers and servers that the gallery's console has seen in a state, by the state's name. */
export function peersOf(name: string): PeersView {
  const lists: Readonly<Record<string, readonly PeerSeen[]>> = {
    'registers-off': [],
    'registers-no-client': [],
    'registers-nobody': [],
    'registers-failed': [],
    'registers-all-well': mixed.filter(({ verdict }) => verdict.accepted && verdict.warnings.length === 0),
    'registers-unlicensed': unlicensed,
    'registers-long-names': longNames,
  };
  return { peers: lists[name] ?? mixed, at: galleryNow };
}

const posServer: ClientView = {
  id: 'c0ffee000001',
  name: 'POS server',
  may: ['read', 'token', 'verify'],
  createdAt: galleryNow - 40 * day,
  lastUsedAt: galleryNow - 20_000,
};

const clients: readonly ClientView[] = [
  posServer,
  { ...posServer, id: 'c0ffee000002', name: 'Kitchen display', may: ['verify'], lastUsedAt: galleryNow - 3 * day },
  { id: 'c0ffee000003', name: 'Monitoring', may: ['read'], createdAt: galleryNow - 2 * hour },
];

const open: LocalApiView = {
  settings: { on: true, tcpPort: null, expiredPeers: 'refuse' },
  state: 'listening',
  socket: '/home/till/.config/Fusion License Console/license-api.sock',
  failure: null,
  clients,
};
const withPort = { ...open.settings, tcpPort: 47_215 };
const addressTaken = (address: string) => failure('local_api_address_taken', { facts: { address } });

/** The local license API that the gallery's console has in a state, by the state's name. */
export function localApiOf(name: string): LocalApiView {
  const views: Readonly<Record<string, LocalApiView>> = {
    'registers-off': { ...open, settings: { ...open.settings, on: false }, state: 'off', socket: '', clients: [] },
    'registers-no-client': { ...open, clients: [] },
    'registers-nobody': { ...open, settings: withPort, tcp: { host: '127.0.0.1', port: 47_215 } },
    'registers-port-taken': { ...open, settings: withPort, failure: addressTaken('127.0.0.1:47215') },
    'registers-failed': { ...open, state: 'failed', socket: '', failure: failure('local_api_not_opened') },
    'registers-long-names': {
      ...open,
      socket: `/home/${'a-very-long-name/'.repeat(6)}license-api.sock`,
      clients: Array.from({ length: 12 }, (_one, index) => ({
        ...posServer,
        id: `c${index}`,
        name: `${long.slice(0, 57)}${index}`,
      })),
    },
  };
  return views[name] ?? open;
}

export const createdClient: CreatedClient = {
  client: posServer,
  secret: 'flc_c0ffee000001_Zm9yLXRoZS1nYWxsZXJ5LWFsb25lLW5vLXJlYWwtb25l',
};
