import { randomUUID } from 'node:crypto';
import { app, session as sessions } from 'electron';
import { createAxiosHttp } from '../adapters/network/axios-http.ts';
import { lastingSession, NetworkProcess } from '../adapters/network/network-process.ts';
import { RelayedRequests } from '../adapters/network/relayed-requests.ts';
import { relayedSession, watchSession } from '../adapters/network/watched-session.ts';
import { ProxySignIns } from '../keychain/proxy-sign-ins.ts';
import type { SecretStore } from '../keychain/secret-store.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { Log } from '../ports/log.ts';

interface NetworkParts {
  readonly proxySignIns: ProxySignIns;
  /** The servers whose requests go through a laptop that helps. */
  readonly relayed: RelayedRequests;
  readonly network: ReturnType<typeof createAxiosHttp>;
}

/** The requests of the console: by the computer's proxy with the kept sign-in, or through a laptop that helps. */
export function composeNetwork(keychain: SecretStore, log: Log, notices: ConsoleNotices): NetworkParts {
  const proxySignIns = new ProxySignIns(keychain);
  proxySignIns.onSaved = (change, trouble) => {
    notices.dismiss('proxy_sign_in_not_kept');
    notices.dismiss('proxy_sign_in_not_forgotten');
    if (!trouble) return;
    log.warn('keychain', `proxy_sign_in_not_${change}`, { code: trouble.code });
    notices.note(`proxy_sign_in_not_${change}`);
  };
  const relayed = new RelayedRequests();
  const networkProcess = new NetworkProcess(app);
  const newSession = (name: string) => sessions.fromPartition(name, { cache: false });
  const network = createAxiosHttp(
    (name) =>
      lastingSession(
        (ends) => watchSession(newSession(ends === 0 ? name : `${name}-after-${ends}`), proxySignIns),
        networkProcess,
      ),
    log,
    undefined,
    {
      wayOf: (server) => relayed.wayOf(server),
      // Each session has a new name, so that it contains nothing from an earlier pairing.
      openSession: (name, way) =>
        lastingSession(() => relayedSession(newSession(`relayed-${randomUUID()}-${name}`), way), networkProcess),
    },
  );
  return { proxySignIns, relayed, network };
}
