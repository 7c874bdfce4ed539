import type { JSONWebKeySet } from 'jose';
import type { ServerStanding } from '../../src-shared/window/console-standing.ts';
import type { PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { CurrentToken } from '../../src-main/license/held-token.ts';
import type { ServedLicense } from '../../src-main/local-api/served-license.ts';
import type { PresentedToken } from '../../src-main/peers/peer-proof.ts';

const at = Date.UTC(2026, 10, 24, 12);
const dayMs = 86_400_000;

export const servedStanding: ServerStanding = {
  profileId: 'store-14',
  serverName: 'Store 14',
  edition: 'store',
  license: {
    details: {
      serverId: 'srv-14',
      serverName: 'Store 14',
      edition: 'store',
      organization: { id: 'org-1', name: 'Bakery' },
      licenseId: 'lic-1',
      licenseName: 'Fusion POS Store',
      renewalDate: { endsAt: at + 60 * dayMs, date: '2027-01-22', timeZone: 'Europe/Berlin' },
      features: ['xms'],
      hub: { serverId: 'srv-1', name: 'Head office', url: 'https://hub.example' },
      tokenIssuedAt: at,
      tokenExpiresAt: at + 2 * dayMs,
    },
    evaluation: {
      renewal: { state: 'licensed', warnsAt: at + 30 * dayMs, endsAt: at + 60 * dayMs },
      token: { state: 'fine', issuedAt: at, warnsAt: at + dayMs, expiresAt: at + 2 * dayMs },
      judgedAt: at,
    },
  },
  refresh: { refreshing: false, lastRefreshedAt: at, nextRefreshAt: at + dayMs },
  keychain: null,
  clock: { state: 'right' },
  judgedAt: at,
};

export const acceptedPeer: Extract<PeerVerdict, { readonly accepted: true }> = {
  accepted: true,
  relation: 'our_peer',
  peer: {
    serverId: 'reg-3',
    serverName: 'Register 3',
    deviceType: 'register',
    organization: { id: 'org-1', name: 'Bakery' },
    features: ['pos'],
    hub: { serverId: 'srv-14', name: 'Store 14' },
    renewal: { state: 'licensed' },
    tokenIssuedAt: at,
    tokenExpiresAt: at + dayMs,
  },
  warnings: [],
  judgedAt: at,
};

/** One server's license, as a test sets it. */
export class FakeServedLicense implements ServedLicense {
  readonly profileId: string;
  shown: ServerStanding;
  current: Result<CurrentToken> = succeed({
    accessToken: 'access-token',
    tokenType: 'Bearer',
    expiresAt: at + 2 * dayMs,
  });
  keys: JSONWebKeySet | null = { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'one' }] };
  proof: Result<string> = fail('token_not_bound');
  verify: (presented: PresentedToken) => PeerVerdict | Promise<PeerVerdict> = () => acceptedPeer;
  readonly presented: PresentedToken[] = [];
  readonly askedBy: string[] = [];

  constructor(profileId = 'store-14') {
    this.profileId = profileId;
    this.shown = { ...servedStanding, profileId };
  }

  standing(): ServerStanding {
    return this.shown;
  }

  readonly token: ServedLicense['token'] = { current: async () => this.current, prove: async () => this.proof };

  readonly peers: ServedLicense['peers'] = {
    verify: async (presented, askedBy) => {
      this.presented.push(presented);
      this.askedBy.push(askedBy);
      return this.verify(presented);
    },
    view: () => ({ peers: [], at }),
  };

  get knownServer(): ServedLicense['knownServer'] {
    return { keptKeys: this.keys };
  }
}
