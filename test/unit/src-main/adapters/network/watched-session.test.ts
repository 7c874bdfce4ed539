import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Session } from 'electron';
import { watchSession } from '../../../../../src-main/adapters/network/watched-session.ts';

vi.mock('electron', () => ({ net: {} }));
afterEach(() => void vi.useRealTimers());

type Redirect = { readonly url: string; readonly redirectURL: string };

/** The parts of Electron's session that are used here. `proxy`: its answer to which proxy is used. */
function sessionWith(proxy: Promise<string>) {
  let redirected: (redirect: Redirect) => void = () => {};
  const session = {
    setCertificateVerifyProc() {},
    clearAuthCache: async () => {},
    resolveProxy: () => proxy,
    webRequest: {
      onHeadersReceived() {},
      onBeforeRedirect: (listener: typeof redirected) => (redirected = listener),
    },
  };
  const signIns = { onForgotten() {}, of: () => null } as unknown as Parameters<typeof watchSession>[1];
  const watched = watchSession(session as unknown as Session, signIns);
  return { watched, redirect: (redirect: Redirect) => redirected(redirect) };
}

describe('what a session has seen', () => {
  const url = 'https://auth.example/token';

  it('names the proxy', async () => {
    const { watched } = sessionWith(Promise.resolve('PROXY proxy.example:3128; DIRECT'));
    expect(await watched.evidence(url)).toEqual({ proxy: 'proxy.example:3128' });
  });

  it('does not wait for the proxy if the proxy script of the computer never ends', async () => {
    vi.useFakeTimers();
    const { watched, redirect } = sessionWith(new Promise(() => {}));
    redirect({ url, redirectURL: 'https://portal.example/' });
    const evidence = watched.evidence(url);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await evidence).toEqual({ redirectedTo: 'https://portal.example/' });
  });
});
