import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { nodeSeal } from '../../../src-main/adapters/computer/node-seal.ts';
import { nodeTokenCrypto } from '../../../src-main/adapters/computer/node-token-crypto.ts';
import { systemClock } from '../../../src-main/adapters/computer/system-clock.ts';
import { systemTimer } from '../../../src-main/adapters/computer/system-timer.ts';
import { KnownServer } from '../../../src-main/authorization/known-server.ts';
import { createLog } from '../../../src-main/adapters/disk/structured-log.ts';
import { parseLicenseClaims } from '../../../src-main/tokens/license-claims.ts';
import type { LicenseRecord } from '../../../src-main/license/license-record.ts';
import { LicenseService } from '../../../src-main/license/license-service.ts';
import { TrustedTime } from '../../../src-main/time/trusted-time.ts';
import { LocalApi } from '../../../src-main/local-api/local-api.ts';
import type { ServedLicense } from '../../../src-main/local-api/served-license.ts';
import { ProfilePeers } from '../../../src-main/peers/profile-peers.ts';
import { SeenProofs } from '../../../src-main/peers/seen-proofs.ts';
import type { Http } from '../../../src-main/ports/http.ts';
import { profileDefaults } from '../../../src-shared/servers/profile-defaults.ts';
import type { LocalApiSettings } from '../../../src-shared/registers/local-api-view.ts';
import { fail, failure, succeed } from '../../../src-shared/result.ts';
import type { ServerProfile } from '../../../src-shared/servers/server-profile.ts';
import { MemoryDocuments } from '../../fakes/memory-documents.ts';
import { MemorySecretStore } from '../../fakes/memory-secret-store.ts';
import { servedStanding } from '../../fakes/served-license.ts';
import { answerParent, figuresOfThisProcess } from './answer-parent.ts';
import { benchAudience, benchIssuer } from './register-tokens.ts';

interface ListenOrder {
  /** The folder of its socket. */
  readonly folder: string;
  readonly jwk: Record<string, unknown>;
  /** This server's own license token, and one of a register. */
  readonly own: string;
  readonly token: string;
}

/** As if the Authorization server cannot be reached. */
const noNetwork: Http = {
  send: async () => ({ ok: false, failure: failure('network_unreachable'), maybeDelivered: false }),
};

const profile: ServerProfile = {
  ...profileDefaults,
  id: '00000000-0000-4000-8000-000000000014',
  edition: 'store',
  serverName: 'Store 014',
  issuer: benchIssuer,
  audience: benchAudience,
};

const settings: LocalApiSettings = { on: true, tcpPort: null, expiredPeers: 'refuse' };

answerParent({ listen, figures: figuresOfThisProcess });

/**
 * The local license API as the console serves it, with the real parts from the socket to the verdict; the license, the keys
 * and the clients are in memory as after a start.
 */
async function listen({ folder, jwk, own, token }: ListenOrder) {
  const documents = new MemoryDocuments();
  keepLicense(documents, own, { keys: [jwk] });
  const trustedTime = new TrustedTime(systemClock);
  const knownServer = new KnownServer({ http: noNetwork, quietHttp: noNetwork, documents }, profile.id, profile.issuer);
  const license = new LicenseService(profile, {
    http: noNetwork,
    documents,
    secrets: new MemorySecretStore(),
    seal: nodeSeal,
    crypto: nodeTokenCrypto,
    ownComputer: async () => null,
    knownServer,
    trustedTime,
    onMarkGoes: () => {},
    onChanged: () => {},
    onEvent: () => {},
    onGrantEnded: () => {},
  });
  license.restore();
  const peers = new ProfilePeers({
    license,
    knownServer,
    trustedTime,
    documents,
    clock: systemClock,
    timer: systemTimer,
    crypto: nodeTokenCrypto,
    expiredPeers: () => 'refuse',
    seenProofs: new SeenProofs(),
  });
  const localApi = openApi(documents, peers, folder);
  await localApi.begin();
  const created = localApi.createClient(profile.id, { name: 'POS server', may: ['read', 'token', 'verify'] });
  if (!created.ok) throw new Error(created.failure.code);
  const { socket } = localApi.view(profile.id);
  const answer = await askToVerify(socket, created.value.secret, token);
  const { electron, node } = process.versions;
  const runtime = electron ? `Electron ${electron}, main process` : `Node.js ${node}`;
  return { socket, secret: created.value.secret, answer, runtime };
}

/** The answer as text. The answers of the other server must have this length. */
async function askToVerify(socketPath: string, secret: string, token: string): Promise<string> {
  const headers = { host: 'localhost', authorization: `Bearer ${secret}`, 'content-type': 'application/json' };
  const asked = request({ socketPath, method: 'POST', path: '/v1/verify', headers });
  asked.end(JSON.stringify({ token }));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  return text;
}

function openApi(documents: MemoryDocuments, peers: ProfilePeers, folder: string): LocalApi {
  // Only verifying is measured, so the rest of the license is invented.
  const served: ServedLicense = {
    profileId: profile.id,
    standing: () => servedStanding,
    token: { current: async () => fail('not_licensed'), prove: async () => fail('not_licensed') },
    peers,
    knownServer: { keptKeys: null },
  };
  return new LocalApi({
    servers: { of: () => served, noteSetting: () => {} },
    profiles: { localApi: settings, saveLocalApi: () => succeed(null) },
    history: { append: () => {} },
    notices: { note: () => {}, dismiss: () => {} },
    documents,
    trustedTime: new TrustedTime(systemClock),
    log: createLog((line) => console.error(line), systemClock),
    folder,
    version: '1.0.0',
    timer: systemTimer,
    onChanged: () => {},
  });
}

function keepLicense(documents: MemoryDocuments, token: string, keys: JSONWebKeySet): void {
  const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;
  const claims = parseLicenseClaims(payload);
  if (!claims.ok) throw new Error(claims.failure.code);
  const now = Date.now();
  const { details } = claims.value;
  const record: LicenseRecord = {
    version: 1,
    issuer: benchIssuer,
    details,
    lastRefreshedAt: now,
    refreshDueAt: now + 8.64e7,
  };
  documents.write(`license.${profile.id}`, record);
  const metadata = {
    issuer: benchIssuer,
    device_authorization_endpoint: `${benchIssuer}/device/auth`,
    token_endpoint: `${benchIssuer}/token`,
    jwks_uri: `${benchIssuer}/jwks`,
  };
  documents.write(`authorization-server.${profile.id}`, { metadata, keys });
}
