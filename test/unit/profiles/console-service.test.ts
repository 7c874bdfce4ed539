import { SeenProofs } from '../../../src-main/peers/seen-proofs.ts';
import { expect, test } from 'vitest';
import { nodeSeal } from '../../../src-main/adapters/node-seal.ts';
import { nodeTokenCrypto } from '../../../src-main/adapters/node-token-crypto.ts';
import { ConsoleService } from '../../../src-main/console-service.ts';
import { HistoryLog } from '../../../src-main/history/history-log.ts';
import { MachineLicense } from '../../../src-main/license/machine-license.ts';
import { TrustedTime } from '../../../src-main/license/trusted-time.ts';
import { ServerProfiles } from '../../../src-main/profiles/server-profiles.ts';
import { failure } from '../../../src-shared/result.ts';
import { FakeAuthorizationServer, profile } from '../../fakes/fake-authorization-server.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { HandTimer } from '../../fakes/hand-timer.ts';
import { MemoryDocuments } from '../../fakes/memory-documents.ts';
import { MemoryLineFile } from '../../fakes/memory-line-file.ts';
import { MemorySecretStore } from '../../fakes/memory-secret-store.ts';
import { quietState } from '../../fakes/quiet-state.ts';
import { TokenSigner } from '../../fakes/token-signer.ts';

async function consoleAt(onConnectionBack = () => {}) {
  const clock = new FakeClock();
  const timer = new HandTimer(clock);
  const documents = new MemoryDocuments();
  const trustedTime = new TrustedTime(clock);
  const http = new FakeAuthorizationServer(clock, await TokenSigner.create());
  const service = new ConsoleService({
    profiles: new ServerProfiles(documents, () => 'p1'),
    history: new HistoryLog({ open: () => new MemoryLineFile(), trustedTime, onAppended: () => {} }),
    machine: new MachineLicense(null, () => {}),
    about: { version: '1.0.0', runtime: 'none' },
    parts: {
      http,
      clock,
      timer,
      random: () => 0.5,
      documents,
      secrets: new MemorySecretStore(),
      seal: nodeSeal,
      ownComputer: async () => null,
      tokenCrypto: nodeTokenCrypto,
      trustedTime,
      seenProofs: new SeenProofs(),
      expiredPeers: () => 'refuse',
      onUserCode: () => {},
      onLicensed: () => {},
      onChanged: () => {},
    },
    onProfile: () => {},
    onConnectionBack,
    onEvent: () => {},
  });
  service.restore(null);
  return { service, timer, http };
}

test('settings that are saved twice at once leave one at work, not two with the same refresh token', async () => {
  const { service, timer } = await consoleAt();
  const { id: _, ...settings } = profile;
  expect((await service.saveProfile(settings)).ok).toBe(true);
  expect(timer.count).toBe(1);
  await Promise.all([service.saveProfile(settings), service.saveProfile({ ...settings, serverName: 'Store 015' })]);
  // Each one at work looks at the keychain again later.
  expect(timer.count).toBe(1);
});

test('the connection is back: said when the network comes, and when a server that was out of reach answers', async () => {
  let backs = 0;
  const { service, http } = await consoleAt(() => (backs += 1));
  const { id: _, ...settings } = profile;
  await service.saveProfile(settings);
  service.online();
  expect(backs).toBe(1);
  const contact = () => service.services?.license.contactServer();
  http.fault = () => ({ ok: false, failure: failure('network_unreachable'), maybeDelivered: false });
  await contact();
  await contact();
  expect(backs).toBe(1);
  http.fault = () => undefined;
  await contact();
  await contact();
  expect(backs).toBe(2);
});

test('removed in the window and by a terminal at once: it is removed, and nothing is said to have failed', async () => {
  const { service } = await consoleAt();
  const { id: _, ...settings } = profile;
  await service.saveProfile(settings);
  const { services } = service;
  if (!services) throw new Error('No server');
  const quiet = quietState(profile, 0);
  const shown = () => service.state(quiet.pane, quiet.background).removal;
  const gone = { state: 'failed', failure: failure('not_licensed') } as const;
  service.setRemoval(services, { state: 'removing' });
  service.setRemoval(services, { state: 'removing' });
  service.setRemoval(services, { state: 'removed', revoked: true });
  service.setRemoval(services, gone);
  expect(shown()).toEqual({ state: 'removed', revoked: true });
  service.setRemoval(services, { state: 'removing' });
  service.setRemoval(services, gone);
  expect(shown()).toEqual({ state: 'idle' });
  service.setRemoval(services, { state: 'failed', failure: failure('revocation_failed') });
  expect(shown().state).toBe('failed');
});
