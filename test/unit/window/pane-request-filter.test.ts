import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import type { PanePolicy } from '../../../src-main/window/navigation-policy.ts';
import { filterRequests } from '../../../src-main/window/pane-request-filter.ts';

const policy: PanePolicy = { issuer: new URL('https://auth.example'), privateHosts: ['adfs.company.internal'] };

/** The part of a session that the filter uses, with a resolver of the test's own. */
function sessionResolving(names: Record<string, readonly string[]>) {
  let listener: (details: { url: string }, callback: (response: { cancel?: boolean }) => void) => void = () => {};
  const resolved: string[] = [];
  const session = {
    webRequest: {
      onBeforeRequest: (given: typeof listener) => {
        listener = given;
      },
    },
    resolveHost: async (name: string) => {
      resolved.push(name);
      const addresses = names[name];
      if (!addresses) throw new Error('net::ERR_NAME_NOT_RESOLVED');
      return { endpoints: addresses.map((address) => ({ address, family: 'unspec' })) };
    },
  } as unknown as Session;
  filterRequests(session, policy);
  return {
    resolved,
    isCancelled: (url: string) =>
      new Promise<boolean>((resolve) => listener({ url }, ({ cancel }) => resolve(cancel === true))),
  };
}

const names = {
  'auth.example': ['10.0.0.5'],
  'adfs.company.internal': ['10.0.0.6'],
  'login.public.example': ['93.184.216.34'],
  'rebind.evil.example': ['192.168.1.1'],
  'both.evil.example': ['93.184.216.34', '::1'],
  'mapped.evil.example': ['::ffff:127.0.0.1'],
};

describe('E6: every request of the pane', () => {
  it.each([
    ['https://auth.example/device', false],
    ['https://login.public.example/script.js', false],
    ['wss://login.public.example/', false],
    ['https://adfs.company.internal/adfs/ls', false],
    ['https://unknown.public.example/', false],
    ['https://8.8.8.8/', false],
    ['data:image/png;base64,AAAA', false],
    ['blob:https://auth.example/1', false],
    ['https://rebind.evil.example/', true],
    ['https://both.evil.example/', true],
    ['https://mapped.evil.example/', true],
    ['wss://rebind.evil.example/', true],
    ['https://192.168.1.1/', true],
    ['https://[::1]/', true],
    ['https://localhost/', true],
    ['https://router/', true],
    ['http://login.public.example/', true],
    ['ws://login.public.example/', true],
    ['file:///etc/passwd', true],
    ['chrome-extension://abc/x.js', true],
    ['fusion-console://app/index.html', true],
    ['ftp://login.public.example/', true],
    ['https://user@login.public.example/', true],
  ])('%s: cancelled %s', async (url, cancelled) => {
    expect(await sessionResolving(names).isCancelled(url)).toBe(cancelled);
  });

  it('what is refused by its address alone is not even looked up', async () => {
    const { resolved, isCancelled } = sessionResolving(names);
    for (const url of ['https://localhost/', 'http://evil.example/', 'https://10.0.0.5/', 'https://8.8.8.8/'])
      await isCancelled(url);
    expect(resolved).toEqual([]);
  });
});
