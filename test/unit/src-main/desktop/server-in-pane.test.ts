import { expect, it } from 'vitest';
import type { OfferControl, CodeLink } from '../../../../src-main/pairing/laptop/offer-control.ts';
import type { AuthorizationPane } from '../../../../src-main/desktop/authorization-pane/authorization-pane.ts';
import { ServerInPane } from '../../../../src-main/desktop/server-in-pane.ts';
import type { LicensedServers } from '../../../../src-main/servers/licensed-servers.ts';
import type { ServerProfiles } from '../../../../src-main/servers/server-profiles.ts';
import type { ServerProfile } from '../../../../src-shared/servers/server-profile.ts';
import { FakeLaptop } from '../../../fakes/fake-laptop.ts';

const own: ServerProfile = {
  id: 'p1',
  issuer: 'https://own.example/',
  clientId: 'pos',
  scope: 'license',
  serverName: 'Store 014',
  edition: 'store',
};
const link: CodeLink = {
  issuer: 'https://other.example/',
  address: 'https://other.example/device?user_code=1',
  userCode: '1',
  filledIn: true,
};

/** A pane that notes what it is asked to do. */
function atWork(signOutWhenFinished = false) {
  const calls: string[] = [];
  const now = { offer: 'open', acquisition: 'awaiting_authorization', isOpen: true };
  const laptop = new FakeLaptop();
  let change = () => {};
  const pane = {
    aim: (target: { policy: { issuer: URL } } | null) => calls.push(`aim ${target?.policy.issuer.host}`),
    show: (open: boolean) => calls.push(`show ${open}`),
    load: (address: string) => calls.push(`load ${address}`),
    focus: () => calls.push('focus'),
    finish: () => calls.push('finish'),
    state: () => ({ open: now.isOpen }),
  } as unknown as AuthorizationPane;
  const acquisition = {
    userCode: '2',
    verification: { uri: 'https://own.example/device' },
    codePage: null,
    view: () => ({ state: now.acquisition }),
  };
  const server = new ServerInPane({
    profiles: { current: own, all: [own], pane: { signOutWhenFinished } } as unknown as ServerProfiles,
    servers: { shown: { license: { view: () => null }, acquisition } } as unknown as LicensedServers,
    offer: { view: () => ({ state: now.offer, servers: [] }), linkFor: () => link } as unknown as OfferControl,
    laptop,
    pane: () => pane,
    signOut: () => calls.push('sign out'),
    changes: {
      subscribe: (listener) => {
        change = listener;
        return () => {};
      },
      notify: () => calls.push('changed'),
    },
  });
  const become = (changes: Partial<typeof now>) => {
    Object.assign(now, changes);
    change();
    return calls.splice(0).filter((call) => call === 'sign out').length;
  };
  return { server, laptop, calls, become };
}

/** Somebody helps a server in the pane, and then goes back to the server of this computer. */
function backFromHelp() {
  const at = atWork(true);
  at.server.openFor('pairing 1', link);
  at.server.leaveOffer();
  return at;
}

it('signs out at the end of the offer, unless a person authorizes the own server in the pane by then', () => {
  expect(backFromHelp().become({ offer: 'ended', acquisition: 'idle' })).toBe(1);
  expect(backFromHelp().become({ offer: 'ended', isOpen: false })).toBe(1);
  const { become } = backFromHelp();
  expect(become({ offer: 'ended' })).toBe(0);
  expect(become({ acquisition: 'storing_license' })).toBe(0);
  expect(become({ acquisition: 'failed' })).toBe(1);
  expect(become({ acquisition: 'idle' })).toBe(0);
});

it('signs out once after the own server was authorized', () => {
  const { become, server, calls } = backFromHelp();
  expect(become({ offer: 'ended' })).toBe(0);
  server.finishAcquisition();
  expect(calls).toContain('sign out');
  calls.length = 0;
  expect(become({ acquisition: 'idle' })).toBe(0);
});

it('stays with a server that this computer helps until a person leaves it', () => {
  const { server, calls } = atWork();
  server.showProfile(own);
  expect(calls.splice(0)).toEqual(['aim own.example', 'show true']);
  server.openFor('pairing 1', link);
  expect(calls.splice(0)).toEqual(['aim other.example', 'show true', `load ${link.address}`, 'focus', 'changed']);
  server.showProfile(own);
  server.finishAcquisition();
  expect([calls, server.helps]).toEqual([[], 'pairing 1']);
  server.leaveOffer();
  expect(calls.splice(0)).toEqual(['aim own.example', 'show true', 'changed']);
  server.leaveOffer();
  server.finishAcquisition();
  expect([calls, server.helps]).toEqual([['finish'], null]);
});

it('fills in the User Code of its server, and lets the browser open the hosts of its server', () => {
  const { server } = atWork();
  expect(server.awaitedCode()).toEqual({
    userCode: '2',
    address: 'https://own.example/device',
    addressWithCode: 'https://own.example/device',
  });
  expect(server.browserHosts()).not.toContain('other.example');
  server.openFor('pairing 1', link);
  expect(server.awaitedCode()).toMatchObject({ userCode: '1', address: link.address });
  expect(server.browserHosts()).toContain('other.example');
});

it('does not open for a server that a person authorizes at a laptop, also if the window shows it again', async () => {
  const { server, laptop, calls } = atWork();
  expect(server.opensPane).toBe(true);
  await laptop.pair('another', '10.0.0.7', 'BCDFGHJK');
  expect(server.opensPane).toBe(true);
  await laptop.pair(own.id, '10.0.0.7', 'BCDFGHJK');
  server.showProfile(own);
  expect(calls).toEqual(['aim own.example', 'show false']);
  laptop.end();
  expect(server.opensPane).toBe(true);
});
