import { describe, expect, it } from 'vitest';
import {
  checkSameServer,
  compareServers,
  differenceNow,
  type MeantServer,
  newServerName,
  serverDifference,
} from '../../../../src-main/license/server-difference.ts';
import { type LicenseClaims, parseLicenseClaims } from '../../../../src-main/tokens/license-claims.ts';
import type { LicenseDetails } from '../../../../src-shared/license/license-details.ts';

const usual = {
  iss: 'https://auth.example',
  iat: 1_790_000_000,
  exp: 1_790_600_000,
  server_id: 'store-014',
  server_name: 'Store 014',
  edition: 'store',
  device_type: 'server',
  organization: { id: 'org-1', name: 'Fabrikam' },
};

function claimsOf(changes: Record<string, unknown> = {}): LicenseClaims {
  const claims = parseLicenseClaims({ ...usual, ...changes });
  if (!claims.ok) throw new Error(claims.failure.code);
  return claims.value;
}
const detailsOf = (changes: Record<string, unknown> = {}): LicenseDetails => claimsOf(changes).details;
const differs = (changes: Record<string, unknown>, serverName = 'Store 014', held: LicenseDetails | null = null) =>
  serverDifference(claimsOf(changes), { serverName, edition: 'store', held, isNameTaken: () => false })?.differs ?? [];

describe('the differences of a license for an unlicensed server', () => {
  it.each([
    ['the same name', {}, 'Store 014', []],
    ['the same name as people compare names', { server_name: 'STORE-014' }, 'Store 014', []],
    ['another name', { server_name: 'Store 016' }, 'Store 014', ['serverName']],
    ['a name with the same digits in other groups', { server_name: 'Store 0-14' }, 'Store 014', ['serverName']],
    ['a name that cannot be read', { server_name: ['Store 014', 'Store 016'] }, 'Store 014', ['serverName']],
    ['a name that cannot be read, where nobody has chosen one', { server_name: { a: 1 } }, '', []],
    ['a number as the name', { server_name: 14 }, 'Store 014', ['serverName']],
    ['a name that shows nothing', { server_name: '\u3164' }, 'Store 014', []],
    ['no name in the token', { server_name: undefined }, 'Store 014', []],
    ['no name in the settings', { server_name: 'Store 016' }, ' ', []],
    ['the name that the terminal gives', { server_name: 'Store 016' }, 'This server', []],
    ['no organization', { organization: undefined }, 'Store 014', []],
    ['an unknown edition', { edition: 'kiosk' }, 'Store 014', ['edition']],
    ['no edition', { edition: undefined }, 'Store 014', []],
    ['an unknown device type', { device_type: 'toaster' }, 'Store 014', ['deviceType']],
    ['no device type', { device_type: undefined }, 'Store 014', []],
  ] as const)('%s', (_case, changes, serverName, expected) => {
    expect(differs(changes, serverName)).toEqual(expected);
  });
});

describe('the differences of a license for a licensed server', () => {
  it.each([
    ['the same device', {}, []],
    ['another Server ID', { server_id: 'store-015' }, ['serverId']],
    ['a Server ID in other case', { server_id: 'STORE-014' }, ['serverId']],
    ['another organization', { organization: { id: 'org-2', name: 'Fabrikam' } }, ['organization']],
    ['an organization with another name only', { organization: { id: 'org-1', name: 'Fabrikam Ltd' } }, []],
    ['no organization', { organization: undefined }, []],
    ['an organization that cannot be read', { organization: 'Fabrikam' }, ['organization']],
    [
      'another device of another organization',
      { server_id: 'x', server_name: 'Store 016', organization: { id: 'org-2' } },
      ['serverName', 'organization', 'serverId'],
    ],
  ] as const)('%s', (_case, changes, expected) => {
    expect(differs(changes, 'Store 014', detailsOf())).toEqual(expected);
  });

  it('include the expected and the received values', () => {
    const found = claimsOf({ server_id: 'x', server_name: 'Store 016', organization: { id: 'org-2' } });
    expect(
      serverDifference(found, {
        serverName: 'Store 014',
        edition: 'store',
        held: detailsOf(),
        isNameTaken: () => false,
      }),
    ).toMatchObject({
      meant: { serverName: 'Store 014', serverId: 'store-014', organization: 'Fabrikam' },
      found: { serverName: 'Store 016', serverId: 'x', organization: 'org-2' },
      newName: 'Store 016',
    });
  });
});

describe('a license that a person was asked about', () => {
  const held = detailsOf();
  const server: MeantServer = { serverName: 'Store 014', edition: 'store', held, isNameTaken: () => false };
  const other = claimsOf({
    server_id: 'x',
    server_name: 'Store 016',
    organization: { id: 'org-2', name: 'Fabrikam' },
    edition: 'kiosk',
    device_type: 'toaster',
  });
  const asked = compareServers(other, server);
  const now = (changes: Partial<MeantServer>) => differenceNow(other, asked, { ...server, ...changes });

  it('differs as it was asked about after the license that it was compared with is gone', () => {
    expect(now({ held: null })).toEqual(asked);
  });

  it('differs no longer in its name if the server has that name now, but in everything else', () => {
    const renamed = now({ held: null, serverName: 'Store 016' });
    expect(renamed.differs).toEqual(['organization', 'serverId', 'edition', 'deviceType']);
    expect(renamed.meant).toEqual({ ...asked.meant, serverName: 'Store 016' });
    expect(renamed).not.toHaveProperty('newName');
  });

  it('is compared again with a license that the server holds', () => {
    const same = now({ held: other.details });
    expect(same.differs).toEqual(['serverName', 'edition', 'deviceType']);
    expect(same.meant).toMatchObject({ serverId: 'x' });
  });

  it('gets no difference that it did not have', () => {
    const byName = claimsOf({ server_name: 'Store 016' });
    const unlicensed = { ...server, held: null };
    const renamed = { ...unlicensed, serverName: 'Store 016' };
    expect(differenceNow(byName, compareServers(byName, unlicensed), renamed).differs).toEqual([]);
  });
});

describe('the values that differ can be distinguished', () => {
  const server = { serverName: 'Store 014', edition: 'store', held: detailsOf(), isNameTaken: () => false } as const;

  it('two organizations of the same name, by their identifiers', () => {
    const namesake = { organization: { id: 'org-2', name: 'Fabrikam' } };
    expect(serverDifference(claimsOf(namesake), server)).toMatchObject({
      meant: { organization: 'Fabrikam (org-1)' },
      found: { organization: 'Fabrikam (org-2)' },
    });
    const refreshed = checkSameServer(detailsOf(), detailsOf(namesake));
    expect(refreshed).toMatchObject({
      failure: { facts: { found: 'Store 014, Fabrikam (org-2)', expected: 'Store 014, Fabrikam (org-1)' } },
    });
  });

  it('an edition and a device type that nobody knows, by what was meant', () => {
    expect(serverDifference(claimsOf({ edition: 'kiosk', device_type: 'toaster' }), server)).toMatchObject({
      meant: { edition: 'store', deviceType: 'server' },
      found: { edition: 'kiosk', deviceType: 'toaster' },
    });
  });

  it('the name of another server of this console', () => {
    const taken = { ...server, isNameTaken: (name: string) => name === 'Store 016' };
    const difference = serverDifference(claimsOf({ server_name: 'Store 016' }), taken);
    expect(difference).toMatchObject({ differs: ['serverName'], takenName: 'Store 016' });
    expect(difference).not.toHaveProperty('newName');
  });
});

describe('the name that a server takes from its license', () => {
  it.each([
    ['that of another device', 'Store 016', 'Store 014', 'Store 016'],
    ['none if people would call it the same', 'STORE-014', 'Store 014', undefined],
    ['that of the device if nobody has chosen one', 'Store 014', '', 'Store 014'],
    ['that of the device instead of the usual one', 'Store 014', 'this server', 'Store 014'],
    ['none if the token has none', undefined, '', undefined],
    ['none if another server here has it', 'Store 009', 'Store 014', undefined],
    ['none if it is blank', '   ', '', undefined],
    ['none if it has a line break', 'Store\n014', 'Store 1', undefined],
    ['a long one, cut', 'S'.repeat(300), 'Store 014', 'S'.repeat(100)],
  ])('%s', (_case, found, serverName, expected) => {
    const server = { serverName, isNameTaken: (name: string) => name === 'Store 009' };
    expect(newServerName(detailsOf({ server_name: found }), server)).toBe(expected);
  });
});

describe('a refreshed license', () => {
  it.each([
    ['the same device', {}, true],
    ['the same device with another name', { server_name: 'Store 014 B' }, true],
    ['another Server ID', { server_id: 'store-015' }, false],
    ['another organization', { organization: { id: 'org-2' } }, false],
    ['no organization', { organization: undefined }, true],
  ])('%s', (_case, changes, isUsed) => {
    const checked = checkSameServer(detailsOf(), detailsOf(changes));
    expect(checked.ok).toBe(isUsed);
    if (!checked.ok) expect(checked.failure.code).toBe('license_of_another_server');
  });
});
