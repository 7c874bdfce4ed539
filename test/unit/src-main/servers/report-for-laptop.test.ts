import { describe, expect, test } from 'vitest';
import type { LicensedServer } from '../../../../src-main/servers/licensed-server.ts';
import { reportForLaptop } from '../../../../src-main/servers/report-for-laptop.ts';
import type { AcquisitionState } from '../../../../src-shared/license/acquisition-state.ts';
import type { ConsoleState, LicenseView } from '../../../../src-shared/window/console-state.ts';
import { serverReportSchema } from '../../../../src-shared/pairing/pairing.ts';
import { failure } from '../../../../src-shared/result.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

/** The server that a console's state is about. */
function serverIn({ profile, license, acquisition, refresh, connection, keychain }: ConsoleState): LicensedServer {
  return {
    profile,
    connection,
    license: { view: () => license, keychainTrouble: keychain },
    acquisition: { view: () => acquisition },
    refresh: { view: () => refresh },
  } as unknown as LicensedServer;
}

const reportIn = (state: ConsoleState) => reportForLaptop(serverIn(state), '0.1.0');

describe('the report for the laptop that helps a server', () => {
  const named = Object.keys(consoleStates).filter((name) => consoleStateOf(name).profile);
  test.each(named)('is one that the laptop accepts: %s', (name) => {
    const report = reportIn(consoleStateOf(name));
    expect(serverReportSchema.safeParse(report).error).toBeUndefined();
  });

  test('has the User Code, its links and its remaining time', () => {
    expect(reportIn(consoleStateOf('awaiting')).acquisition).toEqual({
      state: 'awaiting_authorization',
      userCode: 'WDJB-MJHT',
      verificationUri: 'https://auth.example.com/device',
      verificationUriComplete: 'https://auth.example.com/device?user_code=WDJB-MJHT',
      remainingSeconds: 292,
    });
  });

  test('has both dates of the license', () => {
    const state = consoleStateOf('licensed');
    const { details } = state.license as LicenseView;
    expect(reportIn(state).license).toMatchObject({
      tokenExpiresAt: details.tokenExpiresAt,
      renewalEndsAt: details.renewalDate?.endsAt,
    });
  });

  test('names each failure once', () => {
    const offline = failure('network_unreachable');
    const state: ConsoleState = {
      ...consoleStateOf('licensed'),
      connection: { state: 'offline', failure: offline },
      keychain: failure('secret_store_locked'),
      refresh: { refreshing: false, lastFailure: offline },
    };
    expect(reportIn(state).failureCodes).toEqual(['network_unreachable', 'secret_store_locked']);
  });

  test('is accepted even with the longest texts, and leaves out a link that would be cut', () => {
    const long = 'x'.repeat(4000);
    const awaiting = consoleStateOf('awaiting').acquisition as Extract<
      AcquisitionState,
      { state: 'awaiting_authorization' }
    >;
    const state = consoleStateOf('licensed');
    const { evaluation, details } = state.license as LicenseView;
    const report = reportIn({
      ...state,
      acquisition: { ...awaiting, code: { ...awaiting.code, verificationUriComplete: `https://${long}` } },
      license: {
        evaluation,
        details: {
          ...details,
          serverId: long,
          serverName: long,
          organization: { id: long, name: long },
          hub: { name: long },
        },
      },
    });
    expect(serverReportSchema.safeParse(report).error).toBeUndefined();
    expect(report.acquisition.verificationUriComplete).toBeUndefined();
  });
});
