import { describe, expect, it } from 'vitest';
import { settingsCode } from '../../../../src-shared/servers/settings-code.ts';
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
});
