import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FetchingSession } from '../../../../../src-main/adapters/network/axios-http.ts';
import { lastingSession, NetworkProcess } from '../../../../../src-main/adapters/network/network-process.ts';

let app: EventEmitter;
let opened: string[];
beforeEach(() => {
  app = new EventEmitter();
  opened = [];
});

const processGone = (serviceName?: string) =>
  app.emit('child-process-gone', {}, { type: 'Utility', reason: 'killed', exitCode: 9, serviceName });
const networkGone = () => processGone('network.mojom.NetworkService');

/** As Electron's sessions: once the network process has ended, no request of a session that was used before succeeds. */
function openedSession(ends: number, changes: Partial<FetchingSession> = {}): FetchingSession {
  opened.push(`after ${ends}`);
  const name = `session ${opened.length}`;
  let isStale = false;
  app.on('child-process-gone', (_event, { serviceName }: { serviceName?: string }) => {
    isStale ||= serviceName === 'network.mojom.NetworkService';
  });
  return {
    fetch: async () => {
      if (isStale) throw new Error('net::ERR_FAILED');
      return new Response(name);
    },
    closeAllConnections: async () => {},
    evidence: async () => ({ proxy: name }),
    ...changes,
  };
}

describe('a session that survives the end of the network process', () => {
  const fetched = async (session: FetchingSession) => (await session.fetch('https://id.example/')).text();

  it('is the same one until the process ends, and each time another one after that', async () => {
    const session = lastingSession(openedSession, new NetworkProcess(app));
    expect([await fetched(session), await fetched(session)]).toEqual(['session 1', 'session 1']);
    networkGone();
    expect([await fetched(session), await fetched(session)]).toEqual(['session 2', 'session 2']);
    expect(await session.evidence('https://id.example/')).toEqual({ proxy: 'session 2' });
    networkGone();
    networkGone();
    expect(await fetched(session)).toBe('session 3');
    expect(opened).toEqual(['after 0', 'after 1', 'after 3']);
  });

  it('stays the same if another process ends', async () => {
    const session = lastingSession(openedSession, new NetworkProcess(app));
    processGone('Keychain');
    processGone();
    await session.closeAllConnections();
    expect(await fetched(session)).toBe('session 1');
  });

  it('closes its connections also if the process ends before it answers, and reports another failure', async () => {
    const never = () => new Promise<void>(() => {});
    const session = lastingSession(
      (ends) => openedSession(ends, { closeAllConnections: never }),
      new NetworkProcess(app),
    );
    const closed = session.closeAllConnections();
    networkGone();
    await closed;
    const failing = lastingSession(
      (ends) => openedSession(ends, { closeAllConnections: () => Promise.reject(new Error('no')) }),
      new NetworkProcess(app),
    );
    await expect(failing.closeAllConnections()).rejects.toThrow('no');
  });

  it('signs in to a proxy by the new session, and by none that does not sign in', async () => {
    const network = new NetworkProcess(app);
    const asked: string[] = [];
    const session = lastingSession(
      (ends) =>
        openedSession(ends, {
          signInToProxy: async () => {
            asked.push(`after ${ends}`);
            return { state: 'signed_in' };
          },
        }),
      network,
    );
    networkGone();
    expect(await session.signInToProxy?.('https://id.example/')).toEqual({ state: 'signed_in' });
    expect(asked).toEqual(['after 1']);
    const without = lastingSession((ends) => openedSession(ends), network);
    expect(await without.signInToProxy?.('https://id.example/')).toEqual({ state: 'not_asked' });
  });
});
