import type { AcquisitionState, UserCodeView } from '../../src-shared/license/acquisition-state.ts';
import type { AlertCause, AlertTone, AlertView } from '../../src-shared/notifications/alert.ts';
import type {
  ConsoleState,
  LicenseView,
  PaneView,
  NewClientSecretView,
} from '../../src-shared/window/console-state.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import type { LicenseDetails, RenewalStatus, TokenStatus } from '../../src-shared/license/license-status.ts';
import type { PreflightView } from '../../src-shared/support/preflight.ts';
import { profileDefaults } from '../../src-shared/servers/profile-defaults.ts';
import { failure } from '../../src-shared/result.ts';
import type { ServerDifference } from '../../src-shared/servers/server-difference.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { quietState } from '../fakes/quiet-state.ts';
import { helps, laptops } from './pairings.ts';
import { collectedDiagnostics } from './diagnostics.ts';
import { wrongChecks } from './wrong-checks.ts';

/** Every state that the console can show, by name, at one fixed moment: for the gallery and for unit tests. */
const hour = 3_600_000;
const day = 24 * hour;
export const galleryNow = Date.UTC(2026, 10, 26, 11, 5);

const profile: ServerProfile = {
  id: 'profile-1',
  issuer: 'https://auth.example.com',
  edition: 'store',
  serverName: 'Store 014',
  clientId: profileDefaults.clientId,
  scope: profileDefaults.scope,
};

const pane: PaneView = {
  ...quietState(profile, galleryNow).pane,
  origin: 'https://auth.example.com',
  transport: 'secure',
  isAuthorizationServer: true,
  canGoBack: true,
};
const openPane: PaneView = { ...pane, open: true };
const onPage = (page: Partial<PaneView['page']>): PaneView => ({ ...openPane, page: { ...openPane.page, ...page } });
const form = onPage({ entry: 'text' });
const usedForm = onPage({ entry: 'text', used: true });

const details: LicenseDetails = {
  serverId: '8f0c6b1e-2d57-4c1a-9a35-store-014',
  serverName: 'Store 014',
  edition: 'store',
  organization: { id: 'fc-xmsqa1', name: 'fc-xmsqa1' },
  licenseName: 'RMS Servers',
  renewalDate: { endsAt: Date.UTC(2027, 2, 31, 22), date: '2027-03-31', timeZone: 'Europe/Berlin' },
  features: ['xms'],
  hub: { serverId: 'corp-1', name: 'Corporate 1', url: 'https://corp1.example.com' },
  tokenIssuedAt: galleryNow - 2 * hour,
  tokenExpiresAt: galleryNow + 3 * day - 2 * hour,
};

const fineToken: TokenStatus = {
  state: 'fine',
  issuedAt: details.tokenIssuedAt,
  warnsAt: galleryNow + 2 * day,
  expiresAt: details.tokenExpiresAt,
};

function licenseWith(
  renewal: RenewalStatus,
  token: TokenStatus = fineToken,
  changed: Partial<LicenseDetails> = {},
): LicenseView {
  return {
    details: { ...details, tokenIssuedAt: token.issuedAt, tokenExpiresAt: token.expiresAt, ...changed },
    evaluation: { renewal, token, judgedAt: galleryNow },
  };
}

function renewalIn(days: number): { renewal: RenewalStatus; changed: Partial<LicenseDetails> } {
  const endsAt = Date.UTC(2026, 10, 26 + days, 23);
  const date = new Date(endsAt).toISOString().slice(0, 10);
  const state = days > 30 ? 'licensed' : days < 0 ? 'expired' : 'requires_renewal';
  return {
    renewal: { state, warnsAt: endsAt - 30 * day, endsAt },
    changed: { renewalDate: { endsAt, date, timeZone: 'Europe/Berlin' } },
  };
}

const licensed = licenseWith({
  state: 'licensed',
  warnsAt: Date.UTC(2027, 2, 1, 22),
  endsAt: Date.UTC(2027, 2, 31, 22),
});

function withRenewalIn(days: number, token = fineToken): LicenseView {
  const { renewal, changed } = renewalIn(days);
  return licenseWith(renewal, token, changed);
}

function alertOf(cause: AlertCause, tone: AlertTone, stopsInMs: number, facts: Partial<AlertView> = {}): AlertView {
  return {
    profileId: profile.id,
    serverName: profile.serverName,
    cause,
    tone,
    stopsAt: galleryNow + stopsInMs,
    at: galleryNow,
    mayBeSnoozed: stopsInMs > day,
    ...facts,
  };
}

const base = quietState(profile, galleryNow, {
  connection: { state: 'online' },
  pane: openPane,
  background: { keepsRunning: 'yes', asking: false, startsAtLogin: 'on', tray: 'shown', account: 'till' },
  about: { version: '0.1.0', runtime: 'Electron 45.4.1, Chromium 150' },
});

const held: ConsoleState = {
  ...base,
  license: licensed,
  pane,
  refresh: { refreshing: false, lastRefreshedAt: galleryNow - 2 * hour, nextRefreshAt: galleryNow + 30 * hour },
};

const told: NewClientSecretView = { clientId: 'c0ffee000001', name: 'POS server', standing: 'to_copy' };
const code: UserCodeView = {
  userCode: 'WDJB-MJHT',
  verificationUri: 'https://auth.example.com/device',
  verificationUriComplete: 'https://auth.example.com/device?user_code=WDJB-MJHT',
  copied: true,
  lifeSeconds: 300,
  remainingSeconds: 292,
};
const { verificationUriComplete: _left, ...withoutFilledIn } = code;
const awaiting = {
  state: 'awaiting_authorization',
  code,
  poll: { intervalSeconds: 5, checkedSecondsAgo: 3, nextInSeconds: 2 },
} as const satisfies AcquisitionState;
const startPageFailure = (facts: Record<string, string>) =>
  failure('page_unusable', { facts: { host: 'auth.example.com', page: 'start', ...facts } });
const startPageMissing: PaneView = {
  ...openPane,
  canGoBack: true,
  failure: startPageFailure({ status: '404' }),
  startFailed: true,
  hidesPage: true,
};
const unreachable = failure('network_unreachable', { facts: { host: 'auth.example.com' } });
const otherKeychain = failure('secret_store_changed_backend', {
  facts: { now: 'keepassxc', before: 'gnome-keyring-daemon' },
});
const failed = (reason: ReturnType<typeof failure>, userCode?: string, authorized?: true): AcquisitionState => ({
  state: 'failed',
  failure: reason,
  ...(userCode ? { userCode } : {}),
  ...(authorized ? { authorized } : {}),
});
const offlineRefresh = {
  ...held.refresh,
  lastRefreshedAt: galleryNow - 26 * hour,
  nextRefreshAt: galleryNow + 600_000,
  lastFailure: unreachable,
  lastFailureAt: galleryNow - 720_000,
};
const soonToken: TokenStatus = {
  state: 'expires_soon',
  issuedAt: galleryNow - 2.4 * day,
  warnsAt: galleryNow - 0.4 * day,
  expiresAt: galleryNow + 0.6 * day,
};
const endedToken: TokenStatus = {
  state: 'expired',
  issuedAt: galleryNow - 8 * day,
  warnsAt: galleryNow - 6 * day,
  expiresAt: galleryNow - 5 * day,
};
const offline = { connection: { state: 'offline', failure: unreachable }, refresh: offlineRefresh } as const;

const refused = {
  ...held,
  refresh: { ...held.refresh, lastFailure: failure('token_audience_mismatch'), lastFailureAt: galleryNow - hour },
} as const;

const { nextRefreshAt: _neverRefreshed, ...authorizedOnly } = held.refresh;
const clockInDoubt = {
  state: 'right',
  doubt: { localAt: galleryNow + 8 * hour, trustedAt: galleryNow },
} as const;
/** A computer that was paused for a while, without a connection: no server says whether its clock is right. */
const pausedFor = (ms: number) => ({
  ...held,
  ...offline,
  clock: { state: 'right', doubt: { localAt: galleryNow + ms, trustedAt: galleryNow, unanswered: true } } as const,
});
const byClock = (tone: AlertTone, clockAt: number, facts: Partial<AlertView> = {}) =>
  alertOf('clock_unconfirmed', tone, fineToken.expiresAt - galleryNow, { clockAt, mayBeSnoozed: false, ...facts });
const cannotRenew = { ...held, refresh: { ...authorizedOnly, withoutRefreshToken: true } } as const;

const { stopsAt: _nothingStops, ...localApiDown } = alertOf('local_api_down', 'critical', 0, {
  code: 'local_api_address_taken',
});

const elsewhere = {
  ...held,
  servers: [
    { ...profile, id: 'profile-1', serverName: 'Store 014', licensed: true },
    { ...profile, id: 'profile-2', serverName: 'Store 015', licensed: true },
  ],
  alerts: [
    alertOf('token_expires_soon', 'critical', 0.6 * day, { profileId: 'profile-2', serverName: 'Store 015' }),
    alertOf('renewal_near', 'caution', 12 * day, { stopsOn: '2026-12-08' }),
    alertOf('keychain_trouble', 'caution', 3 * day, { code: 'secret_store_locked' }),
  ],
} as const satisfies ConsoleState;

const onThisComputer = {
  ...base,
  profile: { ...profile, issuer: 'http://127.0.0.1:4455' },
  pane: { ...openPane, origin: 'http://127.0.0.1:4455', transport: 'loopback' },
} as const satisfies ConsoleState;

const anotherDevice: ServerDifference = {
  differs: ['serverName'],
  meant: { serverName: 'Store 014' },
  found: { serverName: 'Store 016', serverId: 'store-016-b3609fd8', organization: 'Fusion Coffee' },
  newName: 'Store 016',
};

const longName = 'Corporate server of the northern region, in the basement of the house beside the old market hall';

const proxyRefused: PreflightView = {
  askedBy: 'person',
  state: 'done',
  endedAt: galleryNow,
  results: [
    { check: 'keychain', state: 'ok', says: ['It works.'] },
    { check: 'network', state: 'ok', says: ['This computer is connected to a network.'] },
    {
      check: 'proxy',
      state: 'failed',
      says: [
        'The proxy of this network does not let the console through.',
        'The console connects through the proxy 10.0.0.1:3128, as this computer is set up to do.',
      ],
      failure: failure('proxy_refused', { facts: { host: 'auth.example.com', proxy: '10.0.0.1:3128' } }),
      fixer: 'network',
    },
    { check: 'connection', state: 'skipped', says: ['Not checked, because "Proxy" failed.'] },
    {
      check: 'background',
      state: 'attention',
      says: ['The console does not start when this account signs in.', 'The console is running.'],
      advice: 'start_at_sign_in',
      fixer: 'store',
    },
  ],
};

export const consoleStates = {
  'first-run': { ...base, profile: null, servers: [], pane },
  'not-licensed': base,
  closing: { ...held, background: { ...base.background, keepsRunning: 'not_asked', asking: 'keep_running' } },
  'closing-helps': {
    ...held,
    offer: helps.waits,
    background: { ...base.background, keepsRunning: 'no', asking: 'end_help' },
  },
  'tray-unsure': { ...held, background: { ...base.background, startsAtLogin: 'unavailable', tray: 'unsure' } },
  'not-licensed-pane-closed': { ...base, pane },
  'not-licensed-this-computer': onThisComputer,
  'not-licensed-sandbox': { ...onThisComputer, isSandbox: true },
  'choosing-device': { ...base, pane: form },
  'device-chosen': { ...base, pane: usedForm },
  'requesting-code': { ...base, acquisition: { state: 'requesting_code' }, pane: usedForm },
  awaiting: { ...base, acquisition: awaiting, pane: usedForm },
  'awaiting-message-old': {
    ...base,
    acquisition: { ...awaiting, code: { ...code, messageIsOld: true } },
    pane: usedForm,
  },
  'awaiting-closed': { ...base, acquisition: awaiting, pane },
  'awaiting-device-chosen-closed': { ...base, acquisition: awaiting, pane: { ...usedForm, open: false } },
  'awaiting-signed-out': { ...base, acquisition: awaiting, pane: onPage({ entry: 'sign_in' }) },
  'awaiting-away': { ...base, acquisition: awaiting, pane: openPane },
  'awaiting-elsewhere': {
    ...base,
    acquisition: awaiting,
    pane: { ...onPage({ entry: 'sign_in' }), origin: 'https://login.example.net', isAuthorizationServer: false },
  },
  'awaiting-device-chosen-filled-in': {
    ...base,
    acquisition: awaiting,
    pane: onPage({ entry: 'text', holdsCode: true, used: true }),
  },
  'awaiting-filled-in': { ...base, acquisition: awaiting, pane: onPage({ entry: 'text', holdsCode: true }) },
  confirming: { ...base, acquisition: awaiting, pane: onPage({ holdsCode: true }) },
  'awaiting-digits-trouble': {
    ...base,
    acquisition: {
      state: 'awaiting_authorization',
      code: { ...withoutFilledIn, userCode: '482917035', remainingSeconds: 52 },
      poll: { intervalSeconds: 5, checkedSecondsAgo: 8, nextInSeconds: 9, trouble: unreachable },
    },
  },
  storing: { ...base, acquisition: { state: 'storing_license' } },
  'another-device': { ...base, acquisition: { state: 'confirming_server', difference: anotherDevice } },
  'another-device-while-licensed': {
    ...held,
    acquisition: {
      state: 'confirming_server',
      difference: {
        ...anotherDevice,
        differs: ['serverName', 'organization', 'serverId'],
        meant: { serverName: 'Store 014', serverId: 'store-014-8f0c2d17', organization: 'Fusion Coffee' },
        found: { ...anotherDevice.found, organization: 'Contoso Foods International Holdings Ltd' },
      },
    },
  },
  'another-device-of-a-long-name': {
    ...base,
    acquisition: {
      state: 'confirming_server',
      difference: {
        ...anotherDevice,
        meant: { serverName: `${longName}, first floor` },
        found: { ...anotherDevice.found, serverName: 'W'.repeat(300) },
        newName: 'W'.repeat(100),
      },
    },
  },
  'code-expired': { ...base, acquisition: failed(failure('expired_token'), 'WDJB-MJHT') },
  denied: { ...base, acquisition: failed(failure('access_denied'), 'WDJB-MJHT') },
  'count-exhausted': {
    ...base,
    acquisition: failed(failure('access_denied', { detail: 'All 25 licenses "RMS Servers" are in use' }), 'WDJB-MJHT'),
  },
  'wrong-device': {
    ...base,
    acquisition: failed(
      failure('wrong_device', { facts: { device: 'Register 3', found: 'register', expected: 'store' } }),
      'WDJB-MJHT',
      true,
    ),
  },
  'license-details-missing': { ...base, acquisition: failed(failure('license_details_missing'), 'WDJB-MJHT', true) },
  'no-connection': {
    ...base,
    acquisition: failed(unreachable),
    connection: { state: 'offline', failure: unreachable },
    pane: {
      ...openPane,
      origin: '',
      transport: 'none',
      isAuthorizationServer: false,
      failure: unreachable,
      startFailed: true,
    },
  },
  'captive-portal': {
    ...base,
    acquisition: failed(
      failure('captive_portal', { facts: { host: 'auth.example.com', portal: 'portal.hotel.example' } }),
    ),
  },
  'keychain-locked-not-licensed': {
    ...base,
    acquisition: failed(failure('secret_store_locked')),
    keychain: failure('secret_store_locked'),
  },
  licensed: held,
  handover: {
    ...held,
    preflight: {
      askedBy: 'person',
      state: 'done',
      endedAt: galleryNow,
      results: [{ check: 'keychain', state: 'ok', says: ['It works.'] }],
    },
  },
  'handover-checking': { ...held, preflight: { askedBy: 'person', state: 'running', results: [] } },
  'handover-long-names': {
    ...held,
    preflight: proxyRefused,
    profile: {
      ...profile,
      serverName: longName,
      resource: 'https://api.licenses.a-company-with-a-long-name.example.com/pos',
      audience: 'https://api.licenses.a-company-with-a-long-name.example.com/pos',
    },
    license: licenseWith(licensed.evaluation.renewal, fineToken, {
      organization: { id: 'contoso', name: 'Contoso Foods International Holdings Ltd, Region North and Islands' },
      hub: {
        serverId: 'corp-1',
        name: `${longName}, second floor`,
        url: 'https://hub-of-the-northern-region.a-company-with-a-long-name.example.com:8443/pos/hub',
      },
    }),
  },
  'secret-to-copy': { ...held, newClientSecret: told },
  'secret-warned': { ...held, newClientSecret: { ...told, standing: 'warned' } },
  'secret-copied': { ...held, newClientSecret: { ...told, standing: 'copied' } },
  'secret-revoked': { ...held, newClientSecret: { ...told, standing: 'revoked' } },
  'registers-off': held,
  'registers-no-client': held,
  'registers-nobody': held,
  'registers-all-well': held,
  'registers-port-taken': held,
  'registers-failed': held,
  'registers-long-names': held,
  'registers-unlicensed': { ...base, pane },
  'history-was-off': held,
  'history-calm': held,
  'history-not-written': { ...held, notices: [{ id: 'history_not_written' }] },
  'alerts-elsewhere': elsewhere,
  'alert-that-can-wait': { ...elsewhere, alerts: [elsewhere.alerts[1]] },
  'alert-local-api-down': { ...held, alerts: [localApiDown] },
  'notifications-refused': {
    ...elsewhere,
    alerts: [],
    notificationSettings: {
      quietHours: { on: true, from: '22:00', to: '07:00' },
      canBeShown: false,
      administrator: { state: 'refused', file: '/etc/fusion-license-console/notify.json', reason: 'writable' },
    },
  },
  'two-servers': {
    ...held,
    servers: [
      { ...profile, id: 'profile-1', serverName: 'Store 014', licensed: true },
      { ...profile, id: 'profile-2', serverName: 'Store 015', licensed: false },
    ],
  },
  'two-servers-one-waits': {
    ...held,
    servers: [
      { ...profile, id: 'profile-1', serverName: 'Store 014', licensed: true },
      { ...profile, id: 'profile-2', serverName: 'Store 015', licensed: false, newLicenseWaits: true },
    ],
    alerts: [alertOf('license_waits', 'caution', 3 * day, { profileId: 'profile-2', serverName: 'Store 015' })],
  },
  'many-servers-500': {
    ...held,
    servers: [
      { ...profile, id: 'profile-1', licensed: true },
      { ...profile, id: 'profile-2', serverName: 'Store 015', licensed: false },
    ],
  },
  'many-servers': {
    ...held,
    servers: [
      { ...profile, id: 'profile-1', licensed: true },
      { ...profile, id: 'profile-2', serverName: 'Store 015', licensed: false },
      {
        ...profile,
        id: 'profile-3',
        serverName: longName,
        edition: 'corporate',
        issuer: 'https://licenses.a-company-with-a-long-name.example.com',
        licensed: true,
      },
    ],
  },
  'licensed-plain': {
    ...held,
    license: licenseWith({ state: 'licensed' }, fineToken, {}),
  },
  checking: { ...held, check: { state: 'checking' } },
  'check-unchanged': {
    ...held,
    license: withRenewalIn(12),
    check: { state: 'done', at: galleryNow, finding: { kind: 'unchanged', awaitsRenewal: true } },
  },
  'check-renewed': {
    ...held,
    check: { state: 'done', at: galleryNow, finding: { kind: 'renewed', date: { endsAt: 0, date: '2027-03-31' } } },
  },
  'check-failed': {
    ...held,
    ...offline,
    refresh: { ...offlineRefresh, lastRefreshedAt: galleryNow - 20_000, lastFailureAt: galleryNow },
    check: { state: 'done', at: galleryNow, finding: { kind: 'failed', failure: unreachable } },
  },
  'requires-renewal': { ...held, license: withRenewalIn(12) },
  'requires-renewal-pane': { ...held, license: withRenewalIn(12), pane: openPane },
  expired: { ...held, license: withRenewalIn(-5) },
  'expired-reacquiring': { ...held, license: withRenewalIn(-5), acquisition: awaiting, pane: usedForm },
  'token-expires-soon': { ...held, ...offline, license: licenseWith(licensed.evaluation.renewal, soonToken) },
  'token-expired': { ...held, ...offline, license: licenseWith(licensed.evaluation.renewal, endedToken) },
  'token-expires-soon-refused': { ...refused, license: licenseWith(licensed.evaluation.renewal, soonToken) },
  'token-expired-refused': { ...refused, license: licenseWith(licensed.evaluation.renewal, endedToken) },
  'authorize-again': {
    ...held,
    refresh: { ...authorizedOnly, lastFailure: failure('invalid_grant'), lastFailureAt: galleryNow - hour },
  },
  'license-of-another-computer': {
    ...held,
    refresh: {
      ...authorizedOnly,
      lastFailure: failure('license_of_another_computer', { facts: { computer: 'STORE-PC-1' } }),
      lastFailureAt: galleryNow - hour,
    },
  },
  'cannot-renew': cannotRenew,
  'cannot-renew-soon': { ...cannotRenew, license: licenseWith(licensed.evaluation.renewal, soonToken) },
  'cannot-renew-ended': { ...cannotRenew, license: licenseWith(licensed.evaluation.renewal, endedToken) },
  'clock-in-doubt': { ...held, clock: clockInDoubt },
  'clock-in-doubt-expired': { ...held, license: withRenewalIn(-5), clock: clockInDoubt },
  'clock-unconfirmed': { ...pausedFor(40 * day), alerts: [byClock('critical', galleryNow + 40 * day)] },
  'clock-unconfirmed-soon': { ...pausedFor(2.5 * day), alerts: [byClock('caution', galleryNow + 2.5 * day)] },
  'clock-unconfirmed-elsewhere': {
    ...pausedFor(40 * day),
    servers: elsewhere.servers,
    alerts: [
      byClock('critical', galleryNow + 40 * day, { profileId: 'profile-2', serverName: 'Store 015' }),
      byClock('critical', galleryNow + 40 * day),
    ],
  },
  'clock-wrong-refused': {
    ...held,
    clock: { state: 'wrong', localAt: galleryNow - 366 * day, trustedAt: galleryNow },
  },
  'clock-wrong': { ...held, clock: { state: 'wrong', localAt: galleryNow - 366 * day, trustedAt: galleryNow } },
  'keychain-locked': { ...held, keychain: failure('secret_store_locked') },
  'keychain-missing': { ...held, keychain: failure('secret_store_missing') },
  'keychain-full': { ...held, keychain: failure('secret_store_full') },
  'keychain-password-changed': { ...held, keychain: failure('secret_store_password_changed') },
  'keychain-changed-backend': { ...held, keychain: otherKeychain },
  'keychain-full-not-licensed': {
    ...base,
    acquisition: failed(failure('secret_store_full')),
    keychain: failure('secret_store_full'),
  },
  'tokens-missing': {
    ...held,
    refresh: { ...held.refresh, lastFailure: failure('secret_store_damaged'), lastFailureAt: galleryNow - hour },
  },
  offline: { ...held, ...offline },
  'without-xms': { ...held, license: licenseWith(licensed.evaluation.renewal, fineToken, { features: ['reports'] }) },
  'everything-wrong': {
    ...held,
    ...offline,
    license: withRenewalIn(-5, endedToken),
    clock: { state: 'wrong', localAt: galleryNow - 366 * day, trustedAt: galleryNow },
    keychain: failure('secret_store_locked'),
    notices: [{ id: 'settings_unreadable', keptAs: 'settings.unreadable-1.json' }, { id: 'license_record_altered' }],
  },
  'settings-partly-unreadable': {
    ...held,
    notices: [{ id: 'settings_partly_unreadable', keptAs: 'settings.unreadable-2026-11-26T11-05-00-000Z.json' }],
  },
  'settings-lost': {
    ...base,
    profile: null,
    servers: [],
    pane,
    notices: [{ id: 'settings_lost', keptAs: 'settings.unreadable-2026-11-26T11-05-00-000Z.json' }],
  },
  'licensed-elsewhere': { ...base, licensedElsewhere: { osUser: 'manager', serverName: 'Store 014' } },
  'licensed-elsewhere-first-run': {
    ...base,
    profile: null,
    servers: [],
    pane,
    licensedElsewhere: { osUser: 'manager', serverName: 'Store 014' },
  },
  'marker-not-written': { ...held, markerWritten: false },
  'removal-failed': {
    ...held,
    removal: { state: 'failed', failure: failure('revocation_failed', { facts: { cause: 'network_unreachable' } }) },
  },
  'removal-refused': {
    ...held,
    removal: { state: 'failed', failure: failure('revocation_refused', { detail: 'Not for public clients' }) },
  },
  'removal-undone': { ...held, removal: { state: 'undone', failure: failure('revocation_not_offered') } },
  'removal-waits': { ...base, removal: { state: 'waiting' } },
  'removed-nothing-to-revoke': { ...base, removal: { state: 'removed', revoked: false, nothingToRevoke: true } },
  'removed-here-only': { ...base, removal: { state: 'removed', revoked: false } },
  removed: { ...base, removal: { state: 'removed', revoked: true } },
  'pane-other-site': {
    ...base,
    pane: {
      ...openPane,
      origin: 'https://login.microsoftonline.com',
      isAuthorizationServer: false,
      loading: true,
      zoomPercent: 125,
    },
  },
  'start-page-missing': { ...base, pane: startPageMissing },
  'start-page-missing-awaiting': {
    ...base,
    acquisition: { ...awaiting, code: withoutFilledIn },
    pane: startPageMissing,
  },
  'start-page-empty-renewal': {
    ...held,
    license: withRenewalIn(12),
    pane: { ...startPageMissing, failure: startPageFailure({ empty: 'yes' }), hidesPage: false },
  },
  'pane-hangs': {
    ...base,
    acquisition: awaiting,
    pane: { ...openPane, failure: failure('page_hangs'), hidesPage: true },
  },
  'pane-too-large': { ...base, pane: { ...openPane, failure: failure('page_too_large') } },
  'pane-floods': { ...base, pane: { ...openPane, failure: failure('page_floods') } },
  'pane-ended': { ...base, pane: { ...openPane, failure: failure('page_ended') } },
  'pane-not-connected': {
    ...base,
    pane: { ...openPane, origin: '', failure: failure('pane_not_connected'), startFailed: true },
  },
  'diagnostics-collecting': { ...held, diagnostics: { state: 'collecting', done: 9, total: 26 } },
  'diagnostics-collected': { ...held, diagnostics: collectedDiagnostics },
  'diagnostics-failed': { ...held, diagnostics: { state: 'failed', failure: failure('internal_error') } },
  'checked-computer': {
    ...base,
    connection: {
      state: 'offline',
      failure: failure('proxy_refused', { facts: { host: 'auth.example.com', proxy: '10.0.0.1:3128' } }),
    },
    preflight: proxyRefused,
  },
  'before-next-wrong': {
    ...base,
    preflight: {
      askedBy: 'console',
      state: 'done',
      endedAt: galleryNow,
      results: [
        {
          check: 'keychain',
          state: 'failed',
          says: [
            'The keychain is locked.',
            'The console keeps license tokens in the keychain of this computer, and cannot open it.',
          ],
          failure: failure('secret_store_locked'),
          fixer: 'store',
        },
        { check: 'network', state: 'ok', says: ['This computer is connected to a network.'] },
        {
          check: 'storage',
          state: 'attention',
          says: ['The disk is almost full. Settings and history may soon not be saved.'],
          advice: 'free_disk_space',
          fixer: 'store',
        },
      ],
    },
  },
  ...preflightStates(base),
  'pane-pop-up': { ...base, pane: { ...form, popUp: true } },
  'proxy-kept': { ...held, proxySignIn: { proxy: 'proxy.example.com:3128', kept: true, unsaved: false } },
  'proxy-not-kept': {
    ...held,
    proxySignIn: { proxy: 'proxy.example.com:3128', kept: true, unsaved: true },
    notices: [{ id: 'proxy_sign_in_not_kept' }],
  },
  'proxy-not-forgotten': {
    ...held,
    proxySignIn: { proxy: 'proxy.example.com:3128', kept: false, unsaved: true },
    notices: [{ id: 'proxy_sign_in_not_forgotten' }],
  },
  'pane-sign-in-question': {
    ...base,
    pane: openPane,
    signInQuestion: { id: 1, kind: 'server', origin: 'http://localhost:8080', again: true, encrypted: false },
  },
  'pane-wants-key': { ...base, pane: { ...openPane, wantsKey: true } },
  'pane-integrated-sign-in': {
    ...base,
    pane: { ...openPane, failure: failure('integrated_sign_in', { facts: { host: 'sso.example.com', named: 'no' } }) },
  },
  'pane-certificate-question': {
    ...base,
    pane: openPane,
    signInQuestion: {
      id: 1,
      kind: 'certificate',
      origin: 'https://login.example.com',
      certificates: [
        { subject: 'Mel Fischer', issuer: 'Example Company Users CA 2', validUntilAt: Date.UTC(2027, 5, 30) },
        { subject: 'STORE-014$', issuer: 'Example Company Computers CA', validUntilAt: Date.UTC(2027, 1, 28) },
      ],
    },
  },
  'proxy-question': {
    ...base,
    pane: { ...openPane, failure: failure('proxy_sign_in', { facts: { host: 'auth.example.com' } }) },
    signInQuestion: { id: 1, kind: 'proxy', origin: 'proxy.example.com:3128', again: false, encrypted: false },
  },
  'pane-proxy-sign-in': {
    ...base,
    pane: { ...openPane, failure: failure('proxy_sign_in', { facts: { host: 'auth.example.com' } }) },
  },
  'pane-proxy-wants-sign-in': {
    ...base,
    pane: {
      ...openPane,
      failure: failure('proxy_unsupported', { facts: { host: 'auth.example.com', reason: 'sign_in' } }),
      startFailed: true,
    },
  },
  'folder-open-to-others': { ...held, notices: [{ id: 'folder_open_to_others' }] },
  'other-accounts-unread': { ...base, pane, notices: [{ id: 'other_accounts_unread' }] },
  ...pairingStates(base, held),
  'pane-refused': {
    ...base,
    pane: { ...openPane, failure: failure('address_not_allowed', { facts: { address: 'http://192.168.0.1' } }) },
  },
} as const satisfies Record<string, ConsoleState>;

/** What the checks find before the first *Next*. */
function preflightStates(base: ConsoleState) {
  const names = Object.keys(wrongChecks) as (keyof typeof wrongChecks)[];
  return Object.fromEntries(names.map((name) => [name, { ...base, preflight: wrongChecks[name] }])) as Record<
    keyof typeof wrongChecks,
    ConsoleState
  >;
}

/** The offer to help other servers, and a laptop that helps this one. */
function pairingStates(base: ConsoleState, held: ConsoleState) {
  const pairing = (changes: Partial<ConsoleState>): ConsoleState => ({ ...base, pane, ...changes });
  const helped = (changes: Partial<ConsoleState>) => pairing({ laptop: laptops.paired, ...changes });
  const ended = (failureCode: FailureCode) => pairing({ laptop: { ...laptops.ended, failureCode } });
  return {
    'offer-none': held,
    'offer-open': { ...held, offer: helps.open },
    'offer-other-version': { ...held, offer: helps.older },
    'offer-guessed': { ...held, offer: helps.guessed },
    'offer-rows': { ...held, offer: helps.rows },
    'offer-asks': { ...held, offer: helps.question },
    'offer-authorizing': { ...held, offer: helps.waits, pane: openPane, paneHelps: 'pairing-code' },
    'offer-ended': { ...held, offer: helps.ended },
    'offer-ended-time': { ...held, offer: { ...helps.ended, end: 'time' } },
    'offer-wrong-codes': { ...held, offer: { ...helps.ended, end: 'wrong_codes', wrongFrom: helps.guessed.wrongFrom } },
    'offer-failed': { ...held, offer: { ...helps.ended, end: 'failed', failureCode: 'help_no_network' } },
    'laptop-connecting': pairing({ laptop: laptops.connecting }),
    'laptop-paired': helped({}),
    'laptop-unconfirmed': helped({ laptop: laptops.unconfirmed }),
    'first-run-laptop': pairing({ profile: null, servers: [], laptop: laptops.unconfirmed }),
    'first-run-laptop-ended': pairing({
      profile: null,
      servers: [],
      laptop: { ...laptops.ended, failureCode: 'pairing_ended' },
    }),
    'laptop-refused': helped({ laptop: laptops.refused }),
    'laptop-starting': helped({ laptop: laptops.starting }),
    'laptop-doubted': helped({ laptop: laptops.doubted }),
    'laptop-interrupted': helped({ laptop: laptops.interrupted }),
    'laptop-no-answer': helped({ laptop: laptops.gone }),
    'laptop-awaiting': helped({ acquisition: awaiting }),
    'laptop-licensed': { ...held, laptop: laptops.paired },
    'laptop-ended-licensed': { ...held, laptop: { ...laptops.ended, failureCode: 'pairing_ended' } },
    'laptop-unconfirmed-offline': helped({
      laptop: laptops.unconfirmed,
      preflight: wrongChecks['before-next-name'],
    }),
    'laptop-ended': ended('pairing_ended'),
  } as const satisfies Record<string, ConsoleState>;
}

export type ConsoleStateName = keyof typeof consoleStates;

export function consoleStateOf(name: string): ConsoleState {
  const states: Readonly<Record<string, ConsoleState>> = consoleStates;
  const found = states[name];
  if (!found) throw new Error(`No such state: ${name}`);
  if (name !== 'licensed-plain' || !found.license) return found;
  const { renewalDate: _, hub: __, ...plain } = found.license.details;
  return { ...found, license: { ...found.license, details: plain } };
}
