import { beforeEach, describe, expect, it } from 'vitest';
import { createLocalApiHandlers } from '../../../src-main/ipc/local-api-handlers.ts';
import type { LocalApiControl } from '../../../src-main/ports/local-api.ts';
import type { ClientView, LocalApiSettings, LocalApiView, NewClient } from '../../../src-shared/local-api-view.ts';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { ServerProfile } from '../../../src-shared/server-profile.ts';
import { profile } from '../../fakes/fake-authorization-server.ts';
import { refusedPeer } from '../../gallery/registers.ts';

const other: ServerProfile = { ...profile, id: 'other', serverName: 'Store 015' };
const register = refusedPeer('signature_invalid', { serverName: 'Register 3', serverId: 'r-3' }, { authentic: false });

/** Clients in memory; each one's secret is its name and what number it is. */
class ListedClients implements LocalApiControl {
  revision = 0;
  settings: LocalApiSettings = { on: true, tcpPort: null, expiredPeers: 'refuse' };
  shown: Pick<LocalApiView, 'socket' | 'tcp'> = { socket: '' };
  readonly #clients: (ClientView & { readonly of: string })[] = [];

  view(profileId: string): LocalApiView {
    const clients = this.#clients.filter(({ of }) => of === profileId);
    return { settings: this.settings, state: 'listening', failure: null, clients, ...this.shown };
  }

  async change(settings: LocalApiSettings): Promise<Result<null>> {
    this.settings = settings;
    return succeed(null);
  }

  createClient(profileId: string, { name, may }: NewClient) {
    if (this.#clients.some((client) => client.name === name)) return fail('client_name_taken');
    const client = { id: `c${this.#clients.length}`, name, may, createdAt: 0, of: profileId };
    this.#clients.push(client);
    return succeed({ client, secret: `secret of ${name}` });
  }

  revokeClient(profileId: string, clientId: string): Result<null> {
    const found = this.#clients.findIndex(({ id, of }) => id === clientId && of === profileId);
    if (found < 0) return fail('client_unknown');
    this.#clients.splice(found, 1);
    return succeed(null);
  }

  peers(profileId: string) {
    return { peers: profileId === profile.id ? [register] : [], at: 5 };
  }
}

let localApi: ListedClients;
let shown: ServerProfile | null;
let copied: string[];
let handlers: ReturnType<typeof createLocalApiHandlers>;
const posServer = { name: 'POS server', may: ['verify'] } as const satisfies { name: string; may: readonly 'verify'[] };
const create = (name = 'POS server') => handlers['local_api.create_client']({ ...posServer, may: ['verify'], name });

beforeEach(() => {
  localApi = new ListedClients();
  shown = profile;
  copied = [];
  const copy = async (text: string) => {
    copied.push(text);
    return succeed(null);
  };
  handlers = createLocalApiHandlers({ localApi, profile: () => shown, copy });
});

describe('the server that is shown', () => {
  it('clients and peers are its own', async () => {
    await create();
    expect(await handlers['local_api.read'](undefined)).toMatchObject({ value: { clients: [{ name: 'POS server' }] } });
    expect(await handlers['peers.read'](undefined)).toMatchObject({ value: { peers: [register], at: 5 } });
    shown = other;
    expect(await handlers['local_api.read'](undefined)).toMatchObject({ value: { clients: [] } });
    expect(await handlers['peers.read'](undefined)).toMatchObject({ value: { peers: [] } });
    expect(await handlers['local_api.revoke_client']({ id: 'c0' })).toMatchObject({
      failure: { code: 'client_unknown' },
    });
  });

  it('none is shown: profile_incomplete', async () => {
    shown = null;
    for (const answer of [
      handlers['local_api.read'](undefined),
      handlers['local_api.copy_address']({ of: 'socket' }),
      create(),
      handlers['local_api.revoke_client']({ id: 'c0' }),
      handlers['peers.read'](undefined),
      handlers['peers.copy']({ key: register.key }),
    ])
      expect(await answer).toMatchObject({ failure: { code: 'profile_incomplete' } });
    expect(copied).toEqual([]);
  });

  it('settings are those of all servers', async () => {
    shown = null;
    const settings = { on: false, tcpPort: 47_215, expiredPeers: 'warn' } as const;
    expect(await handlers['local_api.change'](settings)).toEqual(succeed(null));
    expect(localApi.settings).toEqual(settings);
  });
});

describe('L3: the secret of a new client', () => {
  const copySecret = () => handlers['local_api.copy_secret'](undefined);

  it('is told by the answer to its creation alone, and copied while the page shows it', async () => {
    expect(await create()).toMatchObject({ value: { secret: 'secret of POS server' } });
    expect(await copySecret()).toEqual(succeed(null));
    expect(copied).toEqual(['secret of POS server']);
    expect(JSON.stringify(await handlers['local_api.read'](undefined))).not.toContain('secret of');
  });

  it('is gone when the page was left', async () => {
    await create();
    await handlers['local_api.forget_secret'](undefined);
    expect(await copySecret()).toMatchObject({ failure: { code: 'client_unknown' } });
    expect(copied).toEqual([]);
  });

  it('is gone when its client was revoked, and not when another one was', async () => {
    await create('Kitchen');
    await create('POS server');
    await handlers['local_api.revoke_client']({ id: 'c0' });
    expect(await copySecret()).toMatchObject({ ok: true });
    await handlers['local_api.revoke_client']({ id: 'c1' });
    expect(await copySecret()).toMatchObject({ failure: { code: 'client_unknown' } });
  });

  it('of one that could not be created is not that of the one before', async () => {
    await create();
    expect(await create()).toMatchObject({ failure: { code: 'client_name_taken' } });
    expect(await copySecret()).toMatchObject({ failure: { code: 'client_unknown' } });
  });

  it('before there was one: client_unknown', async () => {
    expect(await copySecret()).toMatchObject({ failure: { code: 'client_unknown' } });
  });
});

describe('what is copied', () => {
  it('where programs reach it, as long as it is open there', async () => {
    localApi.shown = { socket: '/run/license-api.sock', tcp: { host: '127.0.0.1', port: 47_215 } };
    await handlers['local_api.copy_address']({ of: 'socket' });
    await handlers['local_api.copy_address']({ of: 'tcp' });
    expect(copied).toEqual(['/run/license-api.sock', '127.0.0.1:47215']);
    localApi.shown = { socket: '' };
    for (const of of ['socket', 'tcp'] as const)
      expect(await handlers['local_api.copy_address']({ of })).toMatchObject({ failure: { code: 'local_api_off' } });
    expect(copied).toHaveLength(2);
  });

  it('of a register: the verdict, its code, exact instants, and that nobody vouches for its name', async () => {
    expect(await handlers['peers.copy']({ key: register.key })).toEqual(succeed(null));
    const [text = ''] = copied;
    for (const part of [
      profile.serverName,
      'Refused: its license token was altered',
      'signature_invalid',
      'Not proven',
      'Register 3',
      'r-3',
      new Date(register.lastSeenAt).toISOString().replace('.000Z', 'Z'),
      'refused 14×',
      'POS server',
    ])
      expect(text).toContain(part);
  });

  it('of one that has left the list: peer_unknown', async () => {
    expect(await handlers['peers.copy']({ key: 'gone' })).toMatchObject({ failure: { code: 'peer_unknown' } });
    expect(copied).toEqual([]);
  });
});
