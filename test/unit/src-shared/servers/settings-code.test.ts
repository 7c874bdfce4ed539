import { describe, expect, it } from 'vitest';
import { looksLikeSettingsCode, readSettingsCode, settingsCode } from '../../../../src-shared/servers/settings-code.ts';
import type { ServerProfile } from '../../../../src-shared/servers/server-profile.ts';

const profile: ServerProfile = {
  id: 'profile-1',
  issuer: 'https://auth.example/tenant',
  clientId: 'fusion-license-console',
  scope: 'license offline_access',
  serverName: 'Store "014" ä',
  edition: 'store',
  startAddress: 'https://auth.example/start',
  signInHosts: 'adfs.corp.example',
  dpop: true,
};

describe('the settings in a QR code', () => {
  it('have a version and exactly the members that the decision page names', () => {
    expect(JSON.parse(settingsCode(profile))).toEqual({
      fusion_license_settings: 1,
      issuer: 'https://auth.example/tenant',
      client_id: 'fusion-license-console',
      scope: 'license offline_access',
      server_name: 'Store "014" ä',
      edition: 'store',
    });
  });

  it('have the resource and the audience if they are set, but nothing that a later version adds to a profile', () => {
    const more = { ...profile, resource: 'https://api.example', audience: 'pos', clientSecret: 'never' };
    const read = JSON.parse(settingsCode(more));
    expect(read).toMatchObject({ resource: 'https://api.example', audience: 'pos' });
    expect(Object.keys(read)).toHaveLength(8);
  });

  it('are read back as they were written, without what belongs to a computer or a network', () => {
    for (const more of [{}, { resource: 'https://api.example' }, { audience: 'pos' }]) {
      const { id: _id, startAddress: _start, signInHosts: _hosts, dpop: _dpop, ...settings } = { ...profile, ...more };
      expect(readSettingsCode(settingsCode({ ...profile, ...more }))).toEqual(settings);
      expect(readSettingsCode(` ${settingsCode({ ...profile, ...more })}\r\n`)).toEqual(settings);
    }
  });

  it('are not read from anything else, nor from the beginning of a code', () => {
    const code = settingsCode(profile);
    const member = (changes: object) => JSON.stringify({ ...(JSON.parse(code) as object), ...changes });
    const others = [
      'https://auth.example',
      '',
      '{}',
      'null',
      '[]',
      member({ fusion_license_settings: 2 }),
      member({ issuer: 5 }),
      member({ edition: 'enterprise' }),
      member({ server_name: 'a\u0000b' }),
      ...Array.from({ length: code.length }, (_, length) => code.slice(0, length)),
    ];
    for (const text of others) expect(readSettingsCode(text), text).toBeNull();
    expect(looksLikeSettingsCode(code.slice(0, 5))).toBe(true);
    expect(looksLikeSettingsCode('https://auth.example')).toBe(false);
  });

  it('may have members that a later version adds', () => {
    const later = JSON.stringify({ ...(JSON.parse(settingsCode(profile)) as object), color: 'red' });
    expect(readSettingsCode(later)).toEqual(readSettingsCode(settingsCode(profile)));
  });
});
