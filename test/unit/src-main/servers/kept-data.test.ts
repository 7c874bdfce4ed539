import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readEntries } from '../../../../src-main/adapters/keychain/keychain-entries.ts';
import { HistoryLog } from '../../../../src-main/history/history-log.ts';
import { KnownKeychain } from '../../../../src-main/keychain/known-keychain.ts';
import { ApiClients } from '../../../../src-main/local-api/api-clients.ts';
import { readNotificationsDocument } from '../../../../src-main/notifications/notifications-document.ts';
import { SeenProofs } from '../../../../src-main/peers/seen-proofs.ts';
import { ServerProfiles } from '../../../../src-main/servers/server-profiles.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { MemoryKeychain } from '../../../fakes/memory-keychain.ts';
import { MemoryLineFile } from '../../../fakes/memory-line-file.ts';
import { settled } from '../../../fakes/until.ts';

/**
 * What version 0.1.0 left on disk and in the keychain on 29 November 2026, frozen. Its own services wrote it, on the fakes of these
 * tests, so its tokens work nowhere. Never write it again with newer services: add a second folder instead.
 */
const folder = join(import.meta.dirname, '../../../fakes/kept-data');
const documents = readdirSync(join(folder, 'documents')).map(
  (file) => [basename(file, '.json'), readFileSync(join(folder, 'documents', file), 'utf8')] as const,
);
const keychain = JSON.parse(readFileSync(join(folder, 'keychain.json'), 'utf8')) as Record<string, string>;
const historyLines = readFileSync(join(folder, 'history.p1.jsonl'), 'utf8').trimEnd().split('\n');
const clientSecret = 'flc_68c9fb8fe58a_uYxPOzcrlLog2kHfjv3qoKH7plbzCu_PMUueJjCKNu0';
/** When the previous version wrote its last document. */
const leftAt = 1_773_230_405_000;

let at: ConsoleAtWork;
beforeEach(async () => {
  at = await ConsoleAtWork.create();
  for (const [name, text] of documents) at.documents.files.set(name, text);
  const kept = await readEntries(new MemoryKeychain(new Map(Object.entries(keychain))), 'license.p1');
  at.secrets.entries.set('license.p1', kept ?? '');
  at.server.grants.push({ device: {}, refreshToken: at.kept?.refreshToken ?? '', revoked: false });
  await at.restart(leftAt + 3_600_000 - at.clock.realAt);
});

/** Names and kinds of all values, without the values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

const written = (name: string): unknown => JSON.parse(at.documents.files.get(name) ?? 'null');

describe('the data of the previous version', () => {
  it('opens unchanged: no file is set aside, and none is written', () => {
    expect(at.documents.setAsideNames).toEqual([]);
    expect(Object.fromEntries([...at.documents.files.keys()].map((name) => [name, written(name)]))).toEqual(
      Object.fromEntries(documents.map(([name, text]) => [name, JSON.parse(text)])),
    );
    expect(at.events).toEqual([]);
  });

  it('contains the same license with an intact seal', () => {
    const { details, lastFailure, computer } = written('license.p1') as Record<string, object>;
    expect(at.services.license.view()?.details).toEqual(details);
    expect(at.services.license.record).toMatchObject({ lastFailure, computer });
    expect(at.services.license.keychainTrouble).toBeNull();
  });

  it('contains the license token', async () => {
    expect(await at.services.token.current()).toEqual({
      ok: true,
      value: { accessToken: at.kept?.accessToken, tokenType: 'Bearer', expiresAt: 1_773_835_205_000 },
    });
  });

  it('can be refreshed, and the new data has the same names and types', async () => {
    const before = at.kept;
    expect(await at.services.refresh.refreshNow()).toMatchObject({ ok: true });
    await settled();
    expect(at.server.requests.find(({ form }) => form.has('refresh_token'))?.form.get('refresh_token')).toBe(
      before?.refreshToken,
    );
    expect(at.canRefresh).toBe(true);
    expect(shapeOf(at.kept)).toEqual(shapeOf(before));
    const { lastFailure: _, lastFailureAt: __, ...frozen } = JSON.parse(documentOf('license.p1'));
    expect(shapeOf(written('license.p1'))).toEqual(shapeOf(frozen));
    expect(shapeOf(written('authorization-server.p1'))).toMatchObject(
      shapeOf(JSON.parse(documentOf('authorization-server.p1'))) as object,
    );
  });

  it('contains the settings', () => {
    const profiles = new ServerProfiles(at.documents, () => 'p2');
    expect(profiles.restore()).toEqual({ unreadable: false });
    const { profiles: servers, ...rest } = JSON.parse(documentOf('settings'));
    expect(profiles.all).toEqual([{ id: 'p1', ...servers.p1 }]);
    expect(profiles.current?.id).toBe('p1');
    expect(profiles.pane).toEqual(rest.pane);
    expect(profiles.quietHours).toEqual(rest.notifications.quietHours);
    expect(profiles.localApi).toEqual(rest.localApi);
    expect(profiles.window).toEqual(rest.window);
    expect(profiles.pageZoomPercent).toBe(125);
    profiles.savePageZoom(100);
    expect(shapeOf(written('settings'))).toEqual(shapeOf(JSON.parse(documentOf('settings'))));
  });

  it('contains the whole history, which continues in the same format', () => {
    const file = new MemoryLineFile(historyLines);
    const history = new HistoryLog({ open: () => file, trustedTime: at.trustedTime, onAppended: () => {} });
    const { entries, skipped } = history.read('p1');
    expect(skipped).toBe(0);
    expect(entries.map(({ event }) => event)).toEqual(historyLines.map((line) => JSON.parse(line).event));
    history.append('p1', { kind: 'refreshed', tokenIssuedAt: 1, tokenExpiresAt: 2 });
    expect(file.lines.slice(0, -1)).toEqual(historyLines);
    expect(shapeOf(JSON.parse(file.lines.at(-1) ?? ''))).toEqual(shapeOf(JSON.parse(historyLines[3] ?? '')));
  });

  it('contains the client, peers, proofs, keychain program and notifications', async () => {
    const unreadable: unknown[] = [];
    const clients = new ApiClients({
      documents: at.documents,
      now: () => leftAt,
      onLost: (file) => unreadable.push(file),
      onWithheld: (file) => unreadable.push(file),
    });
    expect(clients.authenticate(`Bearer ${clientSecret}`)).toMatchObject({ name: 'POS server', profileId: 'p1' });
    expect(unreadable).toEqual([]);
    const { peers } = JSON.parse(documentOf('peers.p1')) as { peers: { key: string }[] };
    const byKey = (one: { key: string }, other: { key: string }) => one.key.localeCompare(other.key);
    expect(at.services.peers.view().peers.toSorted(byKey)).toEqual(peers.toSorted(byKey));
    const proofs = new SeenProofs(100, at.documents);
    expect(proofs.take('k'.repeat(43), 'p'.repeat(43), leftAt + 60_000, leftAt)).toBe(false);
    at.secrets.entries.clear();
    at.secrets.servedBy = 'kwalletd';
    expect(await new KnownKeychain(at.secrets, at.documents).read('license.p1')).toMatchObject({
      failure: { code: 'secret_store_changed_backend', facts: { before: 'gnome-keyring-daemon' } },
    });
    const { screen, snoozed } = readNotificationsDocument(at.documents);
    expect(Object.values(screen)).toMatchObject([{ alert: { cause: 'renewal_near' }, open: true }]);
    expect(Object.values(snoozed)).toEqual(['2026-03-11']);
    expect(at.documents.setAsideNames).toEqual([]);
  });
});

function documentOf(name: string): string {
  return documents.find(([known]) => known === name)?.[1] ?? 'null';
}
