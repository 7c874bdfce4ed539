import { describe, expect, test } from 'vitest';
import { awaitedCodeOf, offerTarget, paneTarget } from '../../../../src-main/desktop/pane-targets.ts';
import type { CodeLink } from '../../../../src-main/pairing/laptop/offer-control.ts';
import type { ServerProfile } from '../../../../src-shared/servers/server-profile.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { helps } from '../../../gallery/pairings.ts';

const link: CodeLink = {
  issuer: 'https://auth.example.com',
  address: 'https://auth.example.com/device?user_code=123456789',
  userCode: '123456789',
  filledIn: true,
};

describe('the pane of a server that this computer helps', () => {
  test('reaches only public addresses and the issuer if this console has no server at that issuer', () => {
    expect(offerTarget(link, [])).toEqual({
      profileId: 'help',
      policy: { issuer: new URL('https://auth.example.com'), privateHosts: [] },
      startAddress: 'https://auth.example.com',
      integratedHosts: [],
    });
  });

  test('has the settings of a server of this console only if that server has the same issuer', () => {
    const own: ServerProfile = { ...profile, issuer: link.issuer, signInHosts: 'sso.company.local' };
    const other: ServerProfile = { ...profile, issuer: 'https://other.example.com', signInHosts: 'other.local' };
    expect(offerTarget(link, [other, own])).toEqual({ ...paneTarget(own), profileId: 'help' });
    expect(offerTarget(link, [other]).policy.privateHosts).toEqual([]);
  });

  test('is shared by all helped servers at that issuer, but not with a server of this console', () => {
    const next = { ...link, address: 'https://auth.example.com/device?user_code=987654321' };
    expect(offerTarget(next, [])).toEqual(offerTarget(link, []));
    const own: ServerProfile = { ...profile, issuer: link.issuer };
    expect(offerTarget(link, [own]).profileId).not.toBe(paneTarget(own).profileId);
  });
});

describe('what the pane fills in for a helped server', () => {
  const [, waits] = helps.waits.servers;

  test('is the User Code and the device with the name of the server', () => {
    expect(awaitedCodeOf(link, waits)).toEqual({
      userCode: '123456789',
      address: link.address,
      addressWithCode: link.address,
      device: 'Store 014',
    });
  });

  test('is only the code for a server without a name', () => {
    expect(awaitedCodeOf(link, undefined)).not.toHaveProperty('device');
  });

  test('is nothing for a server whose issuer is not confirmed', () => {
    expect(awaitedCodeOf(null, waits)).toBeNull();
  });
});
