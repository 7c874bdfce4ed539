import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import type { BoardView, ReportedServer } from '../../src-shared/servers/board.ts';
import type { RefreshView } from '../../src-shared/window/console-state.ts';
import type { LicenseDetails } from '../../src-shared/license/license-status.ts';
import { profileDefaults } from '../../src-shared/servers/profile-defaults.ts';
import { failure } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { BoardMark } from '../../src-main/board/board-marks.ts';
import { ownRow } from '../../src-main/board/own-row.ts';
import { reportedRow } from '../../src-main/board/reported-row.ts';
import { mostUrgentFirst } from '../../src-main/board/urgency.ts';
import { evaluateLicense } from '../../src-main/license/evaluate-license.ts';

const hour = 3_600_000;
const day = 24 * hour;

const cloud = { serverId: 'cloud-1', name: 'Cloud', url: 'https://cloud.example.com' };
const corporate = { serverId: 'corporate-1', name: 'Corporate 1', url: 'https://corp1.example.com' };

interface Scene extends Partial<Pick<ServerProfile, 'edition' | 'issuer'>> {
  readonly isSandbox?: true;
  /** How long license and token last, in days; no license if absent. */
  readonly lasts?: { readonly license?: number; readonly token?: number };
  readonly details?: Partial<LicenseDetails>;
  readonly refresh?: Partial<RefreshView>;
  readonly acquisition?: AcquisitionState;
  readonly mark?: BoardMark;
}

const awaiting: AcquisitionState = {
  state: 'awaiting_authorization',
  code: {
    userCode: 'WDJB-MJHT',
    verificationUri: 'https://auth.example.com/device',
    lifeSeconds: 300,
    remainingSeconds: 250,
  },
  poll: { intervalSeconds: 5, nextInSeconds: 3 },
};

function rowOf(nowAt: number, id: string, serverName: string, scene: Scene) {
  const { edition = 'store', issuer = 'https://auth.example.com', lasts, acquisition = { state: 'idle' } } = scene;
  const { clientId, scope } = profileDefaults;
  const details: LicenseDetails = {
    serverId: id,
    organization: { id: 'fusion-coffee', name: 'Fusion Coffee' },
    hub: edition === 'store' ? corporate : edition === 'corporate' ? cloud : {},
    tokenIssuedAt: nowAt - 2 * hour,
    tokenExpiresAt: nowAt + (lasts?.token ?? 3) * day,
    ...(lasts?.license === undefined ? {} : { renewalDate: { endsAt: nowAt + lasts.license * day } }),
    ...scene.details,
  };
  return ownRow({
    profile: { id, serverName, edition, issuer, clientId, scope },
    environment: scene.isSandbox ? 'sandbox' : null,
    standing: {
      profileId: id,
      serverName,
      edition,
      license: lasts ? { details, evaluation: evaluateLicense(details, nowAt) } : null,
      refresh: { refreshing: false, ...scene.refresh },
      keychain: null,
      clock: { state: 'right' },
      judgedAt: nowAt,
    },
    acquisition,
    mark: scene.mark ?? {},
  });
}

const scenes: readonly (readonly [id: string, name: string, scene: Scene])[] = [
  ['cloud-1', 'Cloud', { edition: 'cloud', lasts: { license: 300 } }],
  ['corporate-1', 'Corporate 1', { edition: 'corporate', lasts: { license: 200 } }],
  [
    'profile-1',
    'Store 014',
    { lasts: { license: 125 }, mark: { note: 'Key to the rack is with the manager, Ms. Ott.' } },
  ],
  ['profile-2', 'Store 015', {}],
  ['store-016', 'Store 016', { lasts: { license: -3 } }],
  ['store-017', 'Store 017', { lasts: { license: 12 } }],
  ['store-018', 'Store 018', { acquisition: awaiting }],
  [
    'store-019',
    'Store 019',
    {
      lasts: { license: 90, token: 0.02 },
      refresh: { lastFailure: failure('network_unreachable'), lastFailureAt: 0 },
      details: {
        organization: { id: 'market-hall', name: 'Market Hall' },
        hub: { name: 'Corporate 7', serverId: 'c7' },
      },
    },
  ],
  ['store-020', 'Store 020', { lasts: { license: 90 }, mark: { archived: true, note: 'Closed for rebuilding' } }],
  [
    'store-021',
    'Training register',
    { lasts: { license: 30 }, issuer: 'https://sandbox.example.com', isSandbox: true },
  ],
  [
    'profile-3',
    'Corporate server of the northern region, in the basement of the house beside the old market hall',
    {
      edition: 'corporate',
      issuer: 'https://licenses.a-company-with-a-long-name.example.com',
      lasts: { license: 80 },
      details: { organization: { id: 'north', name: 'Fusion Coffee of the northern region and the islands' } },
    },
  ],
];

/** As many servers as the board is made for, in the states above, in turn. */
function manyScenes(count: number): typeof scenes {
  return Array.from({ length: count }, (_, index) => {
    const [id, name, scene] = scenes[index % scenes.length] as (typeof scenes)[number];
    return index < scenes.length ? [id, name, scene] : [`store-${100 + index}`, `Store ${100 + index}`, scene];
  });
}

const reported = (nowAt: number): readonly ReportedServer[] => [
  {
    id: 'r-31',
    name: 'Store 031',
    edition: 'store',
    userCode: 'KXQR-PLMN',
    consoleVersion: '0.1.0',
    state: 'awaiting_authorization',
    reportedAt: nowAt - hour / 4,
  },
  {
    id: 'r-32',
    name: 'Store 032',
    edition: 'store',
    organization: 'Market Hall',
    serverId: 'store-032',
    hub: corporate,
    tokenExpiresAt: nowAt + 2 * day,
    renewalDate: { endsAt: nowAt + 200 * day },
    state: 'licensed',
    reportedAt: nowAt - 30 * hour,
  },
];

/** The board in a state of the console: one server, or several in many states. */
export function boardOf(state: string, nowAt: number): BoardView {
  if (/first-run/.test(state)) return { at: nowAt, rows: [] };
  const several = /many|question/.test(state);
  const own = /500/.test(state) ? manyScenes(500) : several ? scenes : scenes.filter(([id]) => id === 'profile-1');
  const rows = own.map(([id, name, scene]) => rowOf(nowAt, id, name, scene));
  const others = several ? reported(nowAt).map((row) => reportedRow(row, {}, nowAt)) : [];
  return { at: nowAt, rows: [...rows, ...others].toSorted(mostUrgentFirst) };
}
