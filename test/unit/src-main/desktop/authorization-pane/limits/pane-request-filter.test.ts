import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../../fakes/hand-timer.ts';
import { CallBudget, callsAtOnce } from '../../../../../../src-main/desktop/authorization-pane/limits/page-gate.ts';
import type { PanePolicy } from '../../../../../../src-main/desktop/authorization-pane/limits/navigation-policy.ts';
import { filterRequests } from '../../../../../../src-main/desktop/authorization-pane/limits/pane-request-filter.ts';

const policy: PanePolicy = { issuer: new URL('https://auth.example'), privateHosts: ['adfs.company.internal'] };

/** The part of a session that the filter uses. */
function filteredSession() {
  let listener: (
    details: { url: string; resourceType?: string },
    callback: (response: { cancel?: boolean }) => void,
  ) => void = () => {};
  const session = {
    webRequest: {
      onBeforeRequest: (given: typeof listener) => {
        listener = given;
      },
    },
  } as unknown as Session;
  filterRequests(session, policy, new CallBudget(new HandTimer(new FakeClock()), () => {}));
  return {
    isCancelled: (url: string, resourceType = 'script') =>
      new Promise<boolean>((resolve) => listener({ url, resourceType }, ({ cancel }) => resolve(cancel === true))),
  };
}

describe('E6: a request of the pane', () => {
  it.each([
    ['https://auth.example/device', false],
    ['https://login.public.example/script.js', false],
    ['wss://login.public.example/', false],
    ['https://adfs.company.internal/adfs/ls', false],
    ['https://unknown.public.example/', false],
    ['https://8.8.8.8/', false],
    ['data:image/png;base64,AAAA', false],
    ['blob:https://auth.example/1', false],
    // Answered by the proxy itself.
    ['http://pane-proxy.invalid/', false],
    ['http://x.pane-proxy.invalid/', true],
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
  ])('to %s is cancelled: %s', async (url, cancelled) => {
    expect(await filteredSession().isCancelled(url)).toBe(cancelled);
  });

  it('is cancelled once the budget is used up, except for the page itself', async () => {
    const { isCancelled } = filteredSession();
    const url = 'https://login.public.example/pixel';
    for (let count = 0; count < callsAtOnce; count += 1) expect(await isCancelled(url)).toBe(false);
    expect(await isCancelled(url)).toBe(true);
    expect(await isCancelled('https://auth.example/', 'mainFrame')).toBe(false);
  });
});
