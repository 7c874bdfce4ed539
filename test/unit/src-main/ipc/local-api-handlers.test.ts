import { beforeEach, describe, expect, it } from 'vitest';
import { localApiHandlers } from '../../../../src-main/ipc/local-api-handlers.ts';
import { NewClientSecret } from '../../../../src-main/desktop/new-client-secret.ts';
import type { LocalApiControl } from '../../../../src-main/local-api/local-api-control.ts';
import type {
  ClientView,
  LocalApiSettings,
  LocalApiView,
  NewClient,
} from '../../../../src-shared/registers/local-api-view.ts';
import { fail, type Result, succeed } from '../../../../src-shared/result.ts';
import type { ServerProfile } from '../../../../src-shared/servers/server-profile.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { refusedPeer } from '../../../gallery/registers.ts';

const other: ServerProfile = { ...profile, id: 'other', serverName: 'Store 015' };
const register = refusedPeer('signature_invalid', { serverName: 'Register 3', serverId: 'r-3' }, { authentic: false });

/** Clients in memory. The secret of each is its name and its number. */
class ListedClients implements LocalApiControl {
  revision = 0;
  readonly clientsFailure = null;
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
let clipboardWorks: boolean;
let newClientSecret: NewClientSecret;
let changes: number;
let handlers: ReturnType<typeof localApiHandlers>;
const posServer = { name: 'POS server', may: ['verify'] } as const satisfies { name: string; may: readonly 'verify'[] };
const create = (name = 'POS server') => handlers['local_api.create_client']({ ...posServer, may: ['verify'], name });

beforeEach(() => {
  localApi = new ListedClients();
  shown = profile;
  copied = [];
  clipboardWorks = true;
  changes = 0;
  const copy = async (text: string): Promise<Result<null>> => {
    if (!clipboardWorks) return fail('clipboard_refused');
    copied.push(text);
    return succeed(null);
  };
  newClientSecret = new NewClientSecret(localApi, () => {
    changes += 1;
  });
  handlers = localApiHandlers({ localApi, newClientSecret, profile: () => shown, copy });
});

describe('calls for the shown server', () => {
  it('concern only its own clients and peers', async () => {
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

  it('fail with profile_incomplete if none is shown', async () => {
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

  it('change the settings of all servers, even if none is shown', async () => {
    shown = null;
    const settings = { on: false, tcpPort: 47_215, expiredPeers: 'warn' } as const;
    expect(await handlers['local_api.change'](settings)).toEqual(succeed(null));
    expect(localApi.settings).toEqual(settings);
  });
});

describe('L3: the secret of a new client', () => {
  const copySecret = () => handlers['local_api.copy_secret'](undefined);
  const readSecret = () => handlers['local_api.read_secret'](undefined);
  const leave = () => handlers['local_api.leave_secret'](undefined);

  it('can be read and copied on request only, until the person leaves it', async () => {
    const created = await create();
    expect(created).toMatchObject({ value: { name: 'POS server' } });
    expect(newClientSecret.view()).toEqual({ clientId: 'c0', name: 'POS server', standing: 'to_copy' });
    const read = await handlers['local_api.read'](undefined);
    expect(JSON.stringify([created, read, newClientSecret.view()])).not.toContain('secret of');
    expect(await readSecret()).toEqual(succeed('secret of POS server'));
    expect(await copySecret()).toEqual(succeed(null));
    expect(copied).toEqual(['secret of POS server']);
    expect(newClientSecret.view()).toMatchObject({ standing: 'copied' });
    await leave();
    expect(newClientSecret.view()).toBeNull();
    expect(newClientSecret.secret).toBeNull();
    for (const asked of [await copySecret(), await readSecret()])
      expect(asked).toMatchObject({ failure: { code: 'client_unknown' } });
  });

  it('is kept with a warning if the person leaves it before copying it, and is gone the next time', async () => {
    await create();
    await leave();
    expect(newClientSecret.view()).toMatchObject({ standing: 'warned' });
    expect(await readSecret()).toMatchObject({ ok: true });
    await leave();
    expect(await readSecret()).toMatchObject({ failure: { code: 'client_unknown' } });
  });

  it('does not count as copied if the clipboard fails', async () => {
    await create();
    clipboardWorks = false;
    expect(await copySecret()).toMatchObject({ ok: false });
    expect(newClientSecret.view()).toMatchObject({ standing: 'to_copy' });
  });

  it('causes one warning when the window is closed before it was copied, and stays readable', async () => {
    expect(newClientSecret.mayDiscard()).toBe(true);
    await create();
    expect(newClientSecret.mayDiscard()).toBe(false);
    expect(newClientSecret.view()).toMatchObject({ standing: 'warned' });
    expect(newClientSecret.mayDiscard()).toBe(true);
    expect(await readSecret()).toMatchObject({ ok: true });
    await copySecret();
    expect(newClientSecret.mayDiscard()).toBe(true);
  });

  it('stays available when another server is shown', async () => {
    await create();
    shown = other;
    expect(newClientSecret.view()).toMatchObject({ standing: 'to_copy' });
    expect(await copySecret()).toMatchObject({ ok: true });
  });

  it('is withheld and shown as revoked after its client was revoked, but not after another was', async () => {
    await create('Kitchen');
    await create('POS server');
    localApi.revokeClient(profile.id, 'c0');
    expect(newClientSecret.view()).toMatchObject({ standing: 'to_copy' });
    localApi.revokeClient(profile.id, 'c1');
    expect(newClientSecret.view()).toEqual({ clientId: 'c1', name: 'POS server', standing: 'revoked' });
    for (const asked of [await copySecret(), await readSecret()])
      expect(asked).toMatchObject({ failure: { code: 'client_unknown' } });
    expect(newClientSecret.mayDiscard()).toBe(true);
    await leave();
    expect(newClientSecret.view()).toBeNull();
  });

  it('stays as it is if the next client cannot be created', async () => {
    await create();
    expect(await create()).toMatchObject({ failure: { code: 'client_name_taken' } });
    expect(await readSecret()).toEqual(succeed('secret of POS server'));
  });

  it('is client_unknown before there is one, and each change updates the screen once', async () => {
    for (const asked of [await copySecret(), await readSecret()])
      expect(asked).toMatchObject({ failure: { code: 'client_unknown' } });
    await leave();
    expect(changes).toBe(0);
    await create();
    await copySecret();
    await leave();
    expect(changes).toBe(3);
  });
});

describe('copied text', () => {
  it('an address of the API can be copied only while the API listens there', async () => {
    localApi.shown = { socket: '/run/license-api.sock', tcp: { host: '127.0.0.1', port: 47_215 } };
    await handlers['local_api.copy_address']({ of: 'socket' });
    await handlers['local_api.copy_address']({ of: 'tcp' });
    expect(copied).toEqual(['/run/license-api.sock', '127.0.0.1:47215']);
    localApi.shown = { socket: '' };
    for (const of of ['socket', 'tcp'] as const)
      expect(await handlers['local_api.copy_address']({ of })).toMatchObject({ failure: { code: 'local_api_off' } });
    expect(copied).toHaveLength(2);
  });

  it('the text of a register contains the verdict, its code, exact times, and that its name is not proven', async () => {
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

  it('a peer that is no longer in the list cannot be copied', async () => {
    expect(await handlers['peers.copy']({ key: 'gone' })).toMatchObject({ failure: { code: 'peer_unknown' } });
    expect(copied).toEqual([]);
  });
});
