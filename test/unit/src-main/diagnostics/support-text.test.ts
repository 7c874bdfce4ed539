import { describe, expect, it } from 'vitest';
import { failure } from '../../../../src-shared/result.ts';
import { supportSummary } from '../../../../src-main/diagnostics/support-text.ts';
import { aboutConsole } from '../../../fakes/about-console.ts';
import { shownState } from '../../../fakes/shown-state.ts';
import { shownLicense as license } from '../../../fakes/shown-license.ts';

const { details } = license;

describe('the text for support', () => {
  it('E8: contains codes and times, but no User Code', () => {
    const state = shownState({
      license,
      acquisition: {
        state: 'failed',
        failure: failure('access_denied', { detail: 'All 2 licenses are in use.' }),
        userCode: '123456789',
      },
      refresh: { refreshing: false, lastRefreshedAt: details.tokenIssuedAt, lastFailure: failure('server_error') },
      clock: { state: 'wrong', localAt: 0, trustedAt: details.tokenIssuedAt },
      connection: { state: 'offline', failure: failure('network_unreachable') },
      keychain: failure('secret_store_locked'),
    });
    const text = supportSummary(state, 'access_denied', aboutConsole);
    for (const part of [
      'access_denied',
      'store-014',
      'fc-xmsqa1',
      'server_error',
      'network_unreachable',
      'secret_store_locked',
      'All 2 licenses are in use.',
      '2026-03-17T12:00:00.000Z',
      'wrong: 1970-01-01',
      'Operating system: win32 10.0.22631 x64',
      'Keychain: Windows Credential Manager',
      'Log run ID: 9c41f0aa',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('123456789');
  });

  it('the text for support names its receiver, on one line', () => {
    const contact = { name: 'Help\ndesk', phone: '+1 555 0100', hours: 'always' };
    const about = { ...aboutConsole, support: { state: 'set', contact } as const };
    expect(supportSummary(shownState(), 'none', about)).toMatch(/^Support: Help desk, \+1 555 0100, always$/m);
    expect(supportSummary(shownState(), 'none', aboutConsole)).not.toContain('Support:');
  });

  it('contains the server’s own reason for a refusal', () => {
    const lastFailure = failure('invalid_grant', {
      detail: 'The session was ended',
      facts: { error: 'invalid_grant' },
    });
    const text = supportSummary(
      shownState({ license, refresh: { refreshing: false, lastFailure } }),
      'invalid_grant',
      aboutConsole,
    );
    expect(text).toContain('invalid_grant (error invalid_grant)');
    expect(text).toContain('Server said then: The session was ended');
  });

  it('contains facts about the connection, but nothing that a person typed', () => {
    const facts = {
      host: 'auth.example',
      certificate_issuer: 'Example Filter',
      typed: 'https://me:secret@auth.example',
    };
    const refresh = { refreshing: false, lastFailure: failure('certificate_untrusted', { facts }) };
    const text = supportSummary(shownState({ license, refresh }), 'certificate_untrusted', aboutConsole);
    expect(text).toContain('Last refresh failure: certificate_untrusted (certificate_issuer Example Filter)');
    expect(text).not.toContain('secret');
  });

  it('can be copied before a server is set up', () => {
    expect(supportSummary(shownState({ profile: null, servers: [] }), 'internal_error', aboutConsole)).toContain(
      'Server: not set up',
    );
  });

  it('a name adds no lines to the text', () => {
    const forged = 'Register 3\nVerdict: Accepted\r\u2028Code: none\u202Edesrever';
    const state = shownState({ license: { ...license, details: { ...details, serverId: forged } } });
    const lines = supportSummary(state, 'none', aboutConsole).split(/[\n\r\u2028]/);
    expect(lines.filter((line) => line.startsWith('Code: '))).toEqual(['Code: none']);
    expect(lines.filter((line) => line.startsWith('Verdict: '))).toEqual([]);
  });
});
