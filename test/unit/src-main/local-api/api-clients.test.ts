import { describe, expect, it } from 'vitest';
import { ApiClients, maxClientsOfServer } from '../../../../src-main/local-api/api-clients.ts';
import { TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import { fail } from '../../../../src-shared/result.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { hearTwice } from '../../../fakes/heard-date.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';

const clock = new FakeClock();

function clientsOn(documents: MemoryDocuments) {
  const unreadable: (string | undefined)[] = [];
  const withheld: boolean[] = [];
  const clients = new ApiClients({
    documents,
    now: () => clock.wallNow(),
    onLost: ({ keptAs }) => unreadable.push(keptAs),
    onWithheld: (file) => withheld.push(file !== null),
  });
  return { clients, unreadable, withheld };
}

function created(clients: ApiClients, name: string, profileId = 'p1') {
  const made = clients.create(profileId, { name, may: ['read', 'verify', 'read'] });
  if (!made.ok) throw new Error(made.failure.code);
  return made.value;
}

const bearer = (secret: string) => `Bearer ${secret}`;

describe('a client', () => {
  it('has a secret of 256 bits, which is returned once and stored only as a hash', () => {
    const documents = new MemoryDocuments();
    const { clients } = clientsOn(documents);
    const secrets = new Set<string>();
    for (let at = 0; at < maxClientsOfServer; at += 1) {
      const { client, secret } = created(clients, `client ${at}`);
      const [, id, random = ''] = /^flc_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/.exec(secret) ?? [];
      expect(id).toBe(client.id);
      expect(Buffer.from(random, 'base64url')).toHaveLength(32);
      secrets.add(random);
      expect(client).toEqual({ id, name: `client ${at}`, may: ['read', 'verify'], createdAt: clock.wallNow() });
    }
    expect(secrets.size).toBe(maxClientsOfServer);
    const kept = [...documents.files.values()].join();
    for (const secret of secrets) expect(kept).not.toContain(secret);
    expect(JSON.stringify(clients.of('p1'))).not.toMatch(/hash|flc_/);
  });

  it('is recognized after a restart, and only by its own secret', () => {
    const documents = new MemoryDocuments();
    const one = created(clientsOn(documents).clients, 'one');
    const { clients, unreadable } = clientsOn(documents);
    expect(clients.authenticate(bearer(one.secret))).toMatchObject({ name: 'one', profileId: 'p1' });
    expect(clients.authenticate(`bearer  ${one.secret}`)).not.toBeNull();
    const flipped = one.secret.slice(0, 17) + (one.secret[17] === 'A' ? 'B' : 'A') + one.secret.slice(18);
    for (const wrong of [undefined, '', 'Bearer', one.secret, bearer(flipped), bearer(`${one.secret}a`)])
      expect(clients.authenticate(wrong)).toBeNull();
    expect(unreadable).toEqual([]);
  });

  it('can be revoked only by its own server, and stays revoked after a restart', () => {
    const documents = new MemoryDocuments();
    const { clients } = clientsOn(documents);
    const { client, secret } = created(clients, 'one');
    expect(clients.revoke('p2', client.id)).toMatchObject({ failure: { code: 'client_unknown' } });
    expect(clients.revoke('p1', client.id).ok).toBe(true);
    expect(clients.authenticate(bearer(secret))).toBeNull();
    expect(clientsOn(documents).clients.authenticate(bearer(secret))).toBeNull();
    expect(clients.revoke('p1', client.id)).toMatchObject({ failure: { code: 'client_unknown' } });
  });

  it('has a name that no other client of its server has, and each server has at most 50 clients', () => {
    const { clients } = clientsOn(new MemoryDocuments());
    created(clients, 'Back office');
    const same = clients.create('p1', { name: 'back OFFICE', may: ['read'] });
    expect(same).toMatchObject({ failure: { code: 'client_name_taken' } });
    expect(clients.create('p2', { name: 'Back office', may: ['read'] }).ok).toBe(true);
    for (let at = 1; at < maxClientsOfServer; at += 1) created(clients, `c${at}`);
    expect(clients.create('p1', { name: 'more', may: ['read'] })).toMatchObject({
      failure: { code: 'too_many_clients' },
    });
    expect(clients.of('p1')).toHaveLength(50);
  });

  it('is neither created nor revoked if the change cannot be written', () => {
    const documents = new MemoryDocuments();
    const { clients } = clientsOn(documents);
    const one = created(clients, 'one');
    const two = created(clients, 'two');
    documents.writable = false;
    expect(clients.create('p1', { name: 'three', may: ['read'] }).ok).toBe(false);
    expect(clients.revoke('p1', one.client.id).ok).toBe(false);
    expect(clients.of('p1')).toEqual([one.client, two.client]);
    expect(clients.authenticate(bearer(one.secret))).not.toBeNull();
  });
});

describe('the last use of a client', () => {
  it('is written at most once a minute, and whatever is left at the end', () => {
    const documents = new MemoryDocuments();
    const { clients } = clientsOn(documents);
    const one = created(clients, 'one').client;
    const two = created(clients, 'two').client;
    let writes = 0;
    const write = documents.write.bind(documents);
    documents.write = (name, document) => {
      writes += 1;
      return write(name, document);
    };
    const keptUse = () =>
      clientsOn(documents)
        .clients.of('p1')
        .map(({ lastUsedAt }) => lastUsedAt);
    for (let at = 0; at < 10_000; at += 1) clients.used(one.id);
    expect(writes).toBe(1);
    expect(keptUse()).toEqual([clock.wallNow(), undefined]);
    clients.used(two.id);
    expect(writes).toBe(1);
    clients.keepUse();
    clients.keepUse();
    expect(writes).toBe(2);
    expect(keptUse()).toEqual([clock.wallNow(), clock.wallNow()]);
    clock.advance(60_000);
    expect([clients.used(one.id), clients.used(one.id)]).toEqual([true, false]);
    expect(writes).toBe(3);
  });
});

describe('the stored clients', () => {
  const kept = (clients: ApiClients, documents: MemoryDocuments) => {
    created(clients, 'one');
    created(clients, 'two');
    return JSON.parse(documents.files.get('api-clients') ?? '');
  };

  it('a damaged client is left out, and the others stay', () => {
    const spoil: readonly ((client: Record<string, unknown>) => void)[] = [
      (client) => (client['hash'] = 'short'),
      (client) => (client['id'] = '../x'),
      (client) => (client['may'] = ['everything']),
      (client) => (client['may'] = []),
      (client) => (client['name'] = 'a\nb'),
      (client) => (client['createdAt'] = 'now'),
      (client) => delete client['hash'],
    ];
    for (const change of spoil) {
      const documents = new MemoryDocuments();
      const document = kept(clientsOn(documents).clients, documents);
      change(document.servers.p1[0]);
      documents.write('api-clients', document);
      const { clients, unreadable } = clientsOn(documents);
      expect(clients.of('p1').map(({ name }) => name)).toEqual(['two']);
      expect(unreadable).toEqual([undefined]);
    }
  });

  it('clients that are created and used while the clock is wrong are there after a restart', () => {
    // Trusted time then comes from monotonic time, which has fractions of a millisecond.
    let monotonicMs = 1_000.25;
    const systemClock = { wallNow: () => clock.wallNow(), monotonicNow: () => monotonicMs };
    const trustedTime = new TrustedTime(systemClock);
    hearTwice(trustedTime, clock.wallNow() + 86_400_000);
    monotonicMs += 10.5;
    const { judgedAt, clock: judged } = trustedTime.evaluate();
    expect([judged.state, Number.isInteger(judgedAt)]).toEqual(['wrong', false]);
    const documents = new MemoryDocuments();
    const now = () => trustedTime.evaluate().judgedAt;
    const onLost = () => {
      throw new Error('unreadable');
    };
    const onWithheld = onLost;
    const before = new ApiClients({ documents, now, onLost, onWithheld });
    const { client, secret } = created(before, 'POS server');
    before.used(client.id);
    before.keepUse();
    const after = new ApiClients({ documents, now, onLost, onWithheld });
    expect(after.authenticate(bearer(secret))).toMatchObject({ id: client.id });
    expect(after.of('p1')).toEqual([{ ...client, lastUsedAt: judgedAt }]);
  });

  it('clients are there as soon as another program no longer locks their file', () => {
    const documents = new MemoryDocuments();
    const one = created(clientsOn(documents).clients, 'one');
    const read = documents.read.bind(documents);
    documents.read = () => ({ state: 'unreadable' });
    const { clients, unreadable, withheld } = clientsOn(documents);
    clients.restore();
    expect(clients.authenticate(bearer(one.secret))).toBeNull();
    expect([clients.areWithheld, clients.failure, withheld]).toEqual([true, null, []]);
    clock.advance(1_000);
    expect(clients.of('p1')).toEqual([]);
    clock.advance(1_000);
    expect(clients.of('p1')).toEqual([]);
    expect([clients.failure?.code, withheld]).toEqual(['file_unreadable', [true]]);
    documents.read = read;
    clock.advance(1_000);
    expect(clients.authenticate(bearer(one.secret))).toMatchObject({ name: 'one' });
    expect([clients.areWithheld, clients.failure, withheld, unreadable]).toEqual([false, null, [true, false], []]);
  });

  it('clients that were lost stay lost over a restart, until one is created and stored', () => {
    const lost: readonly ((document: ReturnType<typeof kept>) => object)[] = [
      (document) => ({ ...document, version: 2 }),
      (document) => {
        delete document.servers.p1[0].hash;
        return document;
      },
    ];
    for (const change of lost) {
      const documents = new MemoryDocuments();
      documents.write('api-clients', change(kept(clientsOn(documents).clients, documents)));
      expect(clientsOn(documents).clients.failure?.code).toBe('api_clients_lost');
      const { clients } = clientsOn(documents);
      for (const { id } of clients.of('p1')) clients.revoke('p1', id);
      const after = clientsOn(documents).clients;
      expect(after.failure?.code).toBe('api_clients_lost');
      const write = documents.write.bind(documents);
      documents.write = () => fail('settings_not_written');
      expect(after.create('p1', { name: 'new', may: ['read'] }).ok).toBe(false);
      expect(after.failure?.code).toBe('api_clients_lost');
      documents.write = write;
      created(after, 'new');
      expect([after.failure, clientsOn(documents).clients.failure]).toEqual([null, null]);
    }
  });

  it('a document that says something unusual about lost clients is read nevertheless', () => {
    const documents = new MemoryDocuments();
    documents.write('api-clients', { ...kept(clientsOn(documents).clients, documents), lost: 'two' });
    const { clients } = clientsOn(documents);
    expect([clients.of('p1').length, clients.failure]).toEqual([2, null]);
  });

  it('a client that is listed under two servers belongs only to the first', () => {
    const documents = new MemoryDocuments();
    const document = kept(clientsOn(documents).clients, documents);
    document.servers.p2 = [document.servers.p1[0]];
    documents.write('api-clients', document);
    const { clients } = clientsOn(documents);
    expect([clients.of('p1').length, clients.of('p2').length]).toEqual([2, 0]);
  });

  it('a malformed file is set aside and reported, and no client may call', () => {
    for (const text of ['', 'no JSON', '[]', '{"version":2,"servers":{}}', '{"version":1,"servers":[]}']) {
      const documents = new MemoryDocuments(new Map([['api-clients', text]]));
      const { clients, unreadable } = clientsOn(documents);
      expect(clients.authenticate('Bearer x')).toBeNull();
      expect([text, unreadable]).toEqual([text, ['api-clients.unreadable.json']]);
      expect(documents.files.get('api-clients.unreadable')).toBe(text);
      created(clients, 'new');
    }
  });
});
