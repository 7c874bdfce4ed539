import type { FailureCode } from '../../src-shared/failure-codes.ts';
import type { LaptopView } from '../../src-shared/pairing/laptop-view.ts';
import type { HelpedServer, OfferView, ServerReport } from '../../src-shared/pairing/pairing.ts';

/** Offers to help, and a laptop that helps, at the moment of the gallery. */
const now = Date.UTC(2026, 10, 26, 11, 5);
const minute = 60_000;
const day = 86_400_000;

const report: ServerReport = {
  id: 'profile-1',
  serverName: 'Store 014',
  edition: 'store',
  issuer: 'https://auth.example.com',
  consoleVersion: '0.1.0',
  acquisition: {
    state: 'awaiting_authorization',
    userCode: '123456789',
    verificationUri: 'https://auth.example.com/device',
    verificationUriComplete: 'https://auth.example.com/device?user_code=123456789',
    remainingSeconds: 250,
  },
  failureCodes: [],
};

const server: HelpedServer = {
  id: 'pairing-code',
  words: ['amazing', 'orbit', 'walnut'],
  connected: true,
  left: false,
  link: 'filled_in',
  reportedAt: now,
  report,
  issuer: { state: 'confirmed', hosts: ['auth.example.com:443'] },
  relayed: [{ to: 'auth.example.com:443', openConnections: 2, bytesUp: 12_345, bytesDown: 1_234_567 }],
};
const reporting = (id: string, serverName: string, changes: Partial<ServerReport>): HelpedServer => ({
  ...server,
  id,
  report: { ...report, id, serverName, ...changes },
});
/** A server that shows no User Code, so nothing may be opened for it. */
const withoutCode = (...of: Parameters<typeof reporting>): HelpedServer => ({ ...reporting(...of), link: 'none' });

const licensed = withoutCode('pairing-licensed', 'Store 013', {
  acquisition: { state: 'idle' },
  license: {
    serverId: '8f0c6b1e-store-013',
    serverName: 'Store 013',
    tokenExpiresAt: now + 3 * day,
    renewalEndsAt: Date.UTC(2027, 2, 31, 22),
  },
});
const endless = withoutCode('pairing-endless', 'Corporate 1', {
  edition: 'corporate',
  acquisition: { state: 'idle' },
  license: { serverId: 'corp-1', tokenExpiresAt: now + 2 * day },
});
const question: HelpedServer = {
  ...withoutCode('pairing-question', 'Store 015', { acquisition: { state: 'idle' } }),
  issuer: { state: 'unconfirmed' },
  relayed: [],
};

const open: OfferView = {
  state: 'open',
  addresses: [
    { address: '192.168.137.1', card: 'Local Area Connection* 10' },
    { address: '10.20.30.40', card: 'Wi-Fi' },
    { address: '192.168.56.1', card: 'VMware Network Adapter VMnet1' },
  ],
  port: 41_740,
  code: 'BCDF GHJK',
  qr: 'BCDFGHJKLNPRSTVXBCDFGHJKLNPRSTVXBCDFGHJKLNPRSTVXBCDFGHJKLNPRSTVXBCDFGHJKLNPRSTVXBCDFGHJKLNPRSTVX',
  endsAt: now + 118 * minute,
  wrongFrom: [],
  otherVersion: null,
  servers: [],
};
const ended: OfferView = { ...open, state: 'ended', end: 'person', code: null, qr: null, endsAt: now };

export const helps = {
  open,
  guessed: { ...open, wrongFrom: ['192.168.137.77', '192.168.137.80', '192.168.137.77'] },
  older: { ...open, otherVersion: { from: '192.168.137.77', is: 'older' } },
  waits: { ...open, servers: [licensed, server] },
  question: { ...open, servers: [question] },
  rows: {
    ...open,
    servers: [
      { ...server, id: 'pairing-silent', report: null, reportedAt: null, link: 'none', relayed: [] },
      { ...server, id: 'pairing-lost', connected: false },
      { ...server, id: 'pairing-checking', issuer: { state: 'checking' }, link: 'none' },
      { ...server, id: 'pairing-issuer', issuer: { state: 'failed', code: 'network_unreachable' }, link: 'none' },
      {
        ...server,
        id: 'pairing-nameless',
        issuer: { state: 'failed', code: 'issuer_without_name', facts: { host: '10.1.2.3' } },
        link: 'none',
        relayed: [],
      },
      {
        ...server,
        id: 'pairing-untrusted',
        issuer: {
          state: 'failed',
          code: 'issuer_untrusted_by_laptop',
          facts: { host: 'auth.example.com', certificate_issuer: 'Example Corp Root CA', certificate_subject: 'auth' },
        },
        link: 'none',
        relayed: [],
      },
      withoutCode('pairing-failed', 'Store 020', { acquisition: { state: 'failed', failureCode: 'access_denied' } }),
      { ...server, id: 'pairing-ended', reportedAt: now - 600 * 1000 },
      withoutCode('pairing-storing', 'Store 021', { acquisition: { state: 'storing_license' } }),
      endless,
      licensed,
      question,
      { ...question, id: 'pairing-refused', issuer: { state: 'refused' } },
      server,
    ],
  },
  ended,
} as const satisfies Record<string, OfferView>;

const paired = {
  state: 'paired',
  profileId: 'profile-1',
  address: '192.168.137.1',
  words: ['amazing', 'orbit', 'walnut'],
  endsAt: now + 118 * minute,
  way: 'relaying',
} as const satisfies LaptopView;
/** Why a pairing fails before it begins. */
export const pairingRefusals = [
  'laptop_unreachable',
  'pairing_code_wrong',
  'pairing_ended',
  'pairing_address_invalid',
  'pairing_code_invalid',
  'pairing_version',
] as const satisfies readonly FailureCode[];

export const laptops = {
  paired,
  unconfirmed: { ...paired, way: 'unconfirmed' },
  refused: { ...paired, way: 'refused' },
  starting: { ...paired, way: 'starting' },
  doubted: { ...paired, way: 'doubted' },
  interrupted: { ...paired, way: 'interrupted' },
  gone: { ...paired, way: 'gone' },
  connecting: { state: 'connecting', profileId: 'profile-1', address: '192.168.137.1' },
  ended: { state: 'ended', profileId: 'profile-1', address: '192.168.137.1' },
} as const satisfies Record<string, LaptopView>;
