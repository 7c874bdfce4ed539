import { expect, it } from 'vitest';
import type { HelpControl, HelpLink } from '../../../../src-main/ports/pairing.ts';
import type { AuthorizationPane } from '../../../../src-main/desktop/authorization-pane/authorization-pane.ts';
import { ServerInPane } from '../../../../src-main/desktop/server-in-pane.ts';
import type { LicensedServers } from '../../../../src-main/servers/licensed-servers.ts';
import type { ServerProfiles } from '../../../../src-main/servers/server-profiles.ts';
import type { ServerProfile } from '../../../../src-shared/server-profile.ts';

const own: ServerProfile = {
  id: 'p1',
  issuer: 'https://own.example/',
  clientId: 'pos',
  scope: 'license',
  serverName: 'Store 014',
  edition: 'store',
};
const link: HelpLink = {
  issuer: 'https://other.example/',
  address: 'https://other.example/device?user_code=1',
  userCode: '1',
  filledIn: true,
};

/** A pane that notes what it is asked to do. */
function atWork() {
  const calls: string[] = [];
  const pane = {
    aim: (target: { policy: { issuer: URL } } | null) => calls.push(`aim ${target?.policy.issuer.host}`),
    show: (open: boolean) => calls.push(`show ${open}`),
    load: (address: string) => calls.push(`load ${address}`),
    focus: () => calls.push('focus'),
    finish: () => calls.push('finish'),
  } as unknown as AuthorizationPane;
  const acquisition = { userCode: '2', verification: { uri: 'https://own.example/device' }, codePage: null };
  const server = new ServerInPane({
    profiles: { current: own, all: [own], pane: { signOutWhenFinished: false } } as unknown as ServerProfiles,
    servers: { shown: { license: { view: () => null }, acquisition } } as unknown as LicensedServers,
    help: { view: () => null, linkFor: () => link } as unknown as HelpControl,
    pane: () => pane,
    signOut: () => calls.push('sign out'),
    changes: { subscribe: () => () => {}, notify: () => calls.push('changed') },
  });
  return { server, calls };
}

it('stays with a server that this computer helps until a person leaves it', () => {
  const { server, calls } = atWork();
  server.showProfile(own);
  expect(calls.splice(0)).toEqual(['aim own.example', 'show true']);
  server.help('pairing 1', link);
  expect(calls.splice(0)).toEqual(['aim other.example', 'show true', `load ${link.address}`, 'focus', 'changed']);
  server.showProfile(own);
  server.finishAcquisition();
  expect([calls, server.helps]).toEqual([[], 'pairing 1']);
  server.leaveHelp();
  expect(calls.splice(0)).toEqual(['aim own.example', 'show true', 'changed']);
  server.leaveHelp();
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
  server.help('pairing 1', link);
  expect(server.awaitedCode()).toMatchObject({ userCode: '1', address: link.address });
  expect(server.browserHosts()).toContain('other.example');
});
