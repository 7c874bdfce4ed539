import { describe, expect, it } from 'vitest';
import { failure } from '../../../../src-shared/result.ts';
import type { LicenseView } from '../../../../src-shared/window/console-state.ts';
import { alertsOf, lossAlert } from '../../../../src-main/notifications/notification-causes.ts';
import type { ConsoleStanding, ServerStanding } from '../../../../src-shared/window/console-standing.ts';
import type { HelpedServer, OfferView } from '../../../../src-shared/pairing/pairing.ts';
import { trayView } from '../../../../src-shared/window/tray-view.ts';

const day = 86_400_000;
const nowAt = Date.parse('2026-03-10T12:00:00Z');
type States = LicenseView['evaluation'];

function license(renewal: States['renewal']['state'], token: States['token']['state']): LicenseView {
  return {
    details: { serverId: 'store-014', tokenIssuedAt: nowAt - day, tokenExpiresAt: nowAt + day },
    evaluation: {
      renewal: { state: renewal, warnsAt: nowAt, endsAt: nowAt + 30 * day },
      token: { state: token, issuedAt: nowAt - day, warnsAt: nowAt, expiresAt: nowAt + day },
      judgedAt: nowAt,
    },
  };
}
const right = { state: 'right' } as const;
const server = (changes: Partial<ServerStanding> = {}): ServerStanding => ({
  profileId: 'p1',
  serverName: 'Store 014',
  license: license('licensed', 'fine'),
  refresh: { refreshing: false, nextRefreshAt: nowAt + day },
  keychain: null,
  edition: 'store',
  clock: right,
  judgedAt: nowAt,
  ...changes,
});
const tray = (servers: readonly ServerStanding[], clock: ConsoleStanding['clock']) =>
  trayView(
    { servers, clock },
    alertsOf(servers.map((standing) => ({ ...standing, clock, localApi: null }))).map((alert) => ({
      ...alert,
      at: nowAt,
      mayBeSnoozed: true,
    })),
  );
const wrong = { state: 'wrong', localAt: nowAt - day, trustedAt: nowAt } as const;
const refused = { refreshing: false, lastFailure: failure('invalid_grant') };

describe('the tray icon', () => {
  it.each<['all' | 'some', readonly ServerStanding[], readonly string[]]>([
    ['all', [], ['TILL-3: The settings cannot be read.']],
    ['some', [server()], ['TILL-3: The settings of a server cannot be read.', 'Store 014: Licensed.']],
  ])('says that settings were lost: of %s servers', (part, servers, lines) => {
    const alert = { ...lossAlert(part, 'TILL-3'), at: nowAt, mayBeSnoozed: false };
    const view = trayView({ servers, clock: right }, [alert]);
    expect(view).toMatchObject({ tone: 'critical', lines });
    expect(view.tooltip.startsWith(lines[0] ?? '?')).toBe(true);
    expect(view.check?.key).toBe(servers[0]?.profileId);
  });

  it.each([
    ['licensed', server(), right, 'good', 'Store 014: Licensed.'],
    ['not licensed', server({ license: null }), right, 'neutral', 'Store 014: Not licensed.'],
    [
      'requires renewal',
      server({ license: license('requires_renewal', 'fine') }),
      right,
      'caution',
      'Store 014: Renew the license.',
    ],
    ['expired', server({ license: license('expired', 'fine') }), right, 'critical', 'The license has expired'],
    ['token soon', server({ license: license('licensed', 'expires_soon') }), right, 'caution', 'Connect this server'],
    ['token expired', server({ license: license('licensed', 'expired') }), wrong, 'critical', 'License token expired'],
    ['refused', server({ refresh: refused }), right, 'caution', 'Authorize this server again'],
    ['keychain', server({ keychain: failure('secret_store_locked') }), right, 'caution', 'The keychain is locked'],
    ['clock', server(), wrong, 'critical', "Store 014: This computer's clock is wrong"],
  ] as const)('%s', (_name, standing, clock, tone, text) => {
    const view = tray([standing], clock);
    expect(view.tone).toBe(tone);
    expect(view.tooltip).toContain(text);
    expect(view.lines).toHaveLength(1);
  });

  it('shows when the next refresh comes', () => {
    expect(tray([server()], right).tooltip).toMatch(/Next refresh 11 Mar, \d\d:00\.$/);
  });

  it('says how many servers this computer helps, also without a server of its own', () => {
    const helped = (connected: boolean, left: boolean) => ({ connected, left }) as HelpedServer;
    const servers = [helped(false, true), helped(true, false), helped(false, false)];
    const offer = { state: 'open', endsAt: nowAt, servers } as unknown as OfferView;
    const none = { servers: [], clock: right };
    const view = trayView(none, [], offer);
    expect(view.help).toMatch(/^Helping 1 server until \d\d:00$/);
    expect(view.tooltip).toBe(view.help);
    expect(trayView({ servers: [server()], clock: right }, [], offer).help).toBe(view.help);
    expect(trayView(none, [], { ...offer, state: 'ended' }).help).toBeNull();
    expect(trayView(none, []).help).toBeNull();
  });

  it('names the most serious problem of several servers, and has a line for each', () => {
    const others = [
      server(),
      server({ profileId: 'p2', serverName: 'Store 015', license: license('expired', 'fine') }),
    ];
    const view = tray(others, right);
    expect(view.tone).toBe('critical');
    expect(view.tooltip).toMatch(/^Store 015: The license has expired/);
    expect(view.lines).toHaveLength(2);
  });

  it('offers to check the licensed server with the most serious problem, and names it if there are several', () => {
    expect(tray([server()], right).check).toEqual({ key: 'p1', label: 'Check License Now' });
    const others = [
      server(),
      server({ profileId: 'p2', serverName: 'Store 015', license: license('licensed', 'expired') }),
      server({ profileId: 'p3', serverName: 'Store 016', license: null }),
    ];
    expect(tray(others, right).check).toEqual({ key: 'p2', label: 'Check License Now: Store 015' });
    expect(tray([server({ license: null })], right).check).toBeNull();
    expect(tray([server({ refresh: { refreshing: false, withoutRefreshToken: true } })], right).check).toBeNull();
  });

  it('has no line without a server, and shortens a very long server name', () => {
    expect(tray([], right)).toMatchObject({ tone: 'neutral', lines: [], check: null });
    const view = tray([server({ serverName: 'x'.repeat(300) })], right);
    expect(view.tooltip.length).toBeLessThanOrEqual(127);
  });
});
