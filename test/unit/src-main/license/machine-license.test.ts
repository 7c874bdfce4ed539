import { beforeEach, describe, expect, test } from 'vitest';
import { MachineLicense } from '../../../../src-main/license/machine-license.ts';
import type { MarkedServer } from '../../../../src-main/license/license-marker.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { MemoryMarkers } from '../../../fakes/memory-markers.ts';

const server = (changes: Partial<MarkedServer> = {}): MarkedServer => ({
  issuer: profile.issuer,
  serverId: 'store-014',
  serverName: profile.serverName,
  edition: 'store',
  profileId: profile.id,
  ...changes,
});

let folder: Map<string, readonly MarkedServer[]>;
let changes: number;
beforeEach(() => {
  folder = new Map();
  changes = 0;
});
function account(osUser: string) {
  const markers = new MemoryMarkers(folder, osUser);
  return { markers, machine: new MachineLicense(markers, () => (changes += 1)) };
}

describe('S5: a license that another account of this computer holds', () => {
  test('is shown with account and server to an account that holds none', async () => {
    await account('manager').machine.update([server()]);
    const { machine } = account('till');
    expect(machine.elsewhere(profile)).toBeNull();
    await machine.update([]);
    expect(machine.elsewhere(profile)).toEqual({ osUser: 'manager', serverName: profile.serverName });
    expect(machine.elsewhere(null)).toEqual({ osUser: 'manager', serverName: profile.serverName });
    expect(changes).toBe(2);
  });

  test('is the one for the same server if there are several, or else any of them', async () => {
    await account('one').machine.update([server({ serverName: 'Other' })]);
    await account('two').machine.update([server({ issuer: 'https://other.example' }), server()]);
    const { machine } = account('till');
    await machine.update([]);
    expect(machine.elsewhere(profile)?.osUser).toBe('two');
    expect(machine.elsewhere({ ...profile, serverName: 'Nobody' })).toEqual({ osUser: 'one', serverName: 'Other' });
  });

  test.each(['store 014', 'Store-014', 'STORE014'])(
    'is for the same server if its name is written %s',
    async (serverName) => {
      await account('one').machine.update([server({ serverName: 'Other' })]);
      await account('two').machine.update([server({ serverName })]);
      const { machine } = account('till');
      await machine.update([]);
      expect(machine.elsewhere({ ...profile, serverName: 'Store 014' })?.osUser).toBe('two');
    },
  );

  test('is not looked for by an account that holds one itself', async () => {
    await account('manager').machine.update([server()]);
    const { machine, markers } = account('till');
    await machine.update([server({ serverId: 'second' })]);
    expect(machine.elsewhere(profile)).toBeNull();
    expect(markers.reads).toBe(0);
    await machine.update([]);
    expect(machine.elsewhere(profile)?.osUser).toBe('manager');
    expect(folder.has('till')).toBe(false);
  });

  test('is no longer found after it was removed there', async () => {
    const manager = account('manager').machine;
    await manager.update([server()]);
    await manager.update([]);
    const { machine } = account('till');
    await machine.update([]);
    expect(machine.elsewhere(profile)).toBeNull();
  });

  test('does not count as absent while the markers are unreadable: one call reports that, and one reports the end', async () => {
    const said: boolean[] = [];
    const markers = new MemoryMarkers(folder, 'till');
    const machine = new MachineLicense(
      markers,
      () => {},
      (isUnread) => said.push(isUnread),
    );
    await machine.update([]);
    expect(said).toEqual([]);
    markers.isUnread = true;
    await machine.update([]);
    await machine.update([]);
    expect(said).toEqual([true]);
    await machine.update([server()]);
    expect(said).toEqual([true, false]);
  });

  test('is described in words that name the account and the operating system', () => {
    const { headline, meaning } = words.license.licensedElsewhere;
    expect(headline('manager', 'Store 014')).toBe("The account manager holds this computer's license: Store 014");
    expect(meaning('manager', true)).toBe(
      'Sign in to Windows as manager to manage it. Licensing here as well would use a second license.',
    );
    expect(meaning('manager', false)).toContain('Sign in to this computer as manager');
  });
});

describe('S5: the marker for the other accounts', () => {
  test('is written once, and again when it changes', async () => {
    const { machine, markers } = account('manager');
    await machine.update([server()]);
    await machine.update([server()]);
    expect(markers.writes).toBe(1);
    await machine.update([server({ serverName: 'Renamed' })]);
    expect(folder.get('manager')?.[0]?.serverName).toBe('Renamed');
  });

  test('holds the last of several quick updates', async () => {
    const { machine } = account('manager');
    await Promise.all([machine.update([server()]), machine.update([]), machine.update([server({ serverId: 'last' })])]);
    expect(folder.get('manager')?.[0]?.serverId).toBe('last');
  });

  test('can be waited for even if reading the other markers never ends', async () => {
    const { machine, markers } = account('manager');
    markers.readOthers = () => new Promise(() => {});
    void machine.update([]);
    void machine.update([server()]);
    await machine.settled();
    expect(folder.get('manager')).toHaveLength(1);
  });

  test('is reported as not written and written later, but only if there is a license to report', async () => {
    const { machine, markers } = account('manager');
    markers.writable = false;
    await machine.update([]);
    expect(machine.written).toBeNull();
    await machine.update([server()]);
    expect(machine.written).toBe(false);
    markers.writable = true;
    await machine.update([server()]);
    expect(machine.written).toBe(true);
  });

  test('is neither written nor read if the accounts share no folder', async () => {
    const machine = new MachineLicense(null, () => (changes += 1));
    await machine.update([server()]);
    expect([machine.written, machine.elsewhere(profile), changes]).toEqual([null, null, 0]);
  });
});
