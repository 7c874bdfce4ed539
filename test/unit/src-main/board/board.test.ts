import { describe, expect, it } from 'vitest';
import { Board } from '../../../../src-main/board/board.ts';
import type { LicensedServer } from '../../../../src-main/servers/licensed-server.ts';
import type { ReportedServer } from '../../../../src-shared/servers/board.ts';
import type { ServerProfile } from '../../../../src-shared/servers/server-profile.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { serverReport } from '../../../fakes/pairing-scene.ts';

const at = Date.UTC(2026, 2, 10);
const own = { kind: 'own', id: profile.id } as const;
const store: ReportedServer = { id: 'r-1', name: 'Store 031', edition: 'store', state: 'licensed', reportedAt: at };

function setUp() {
  const documents = new MemoryDocuments();
  const server = {
    profile: profile as ServerProfile,
    profileId: profile.id,
    knownServer: { isSandbox: true },
    acquisition: { view: () => ({ state: 'idle' }) },
    standing: () => ({
      profileId: profile.id,
      serverName: profile.serverName,
      edition: profile.edition,
      license: null,
      refresh: { refreshing: false },
      keychain: null,
      clock: { state: 'right' },
      judgedAt: at,
    }),
  };
  let changes = 0;
  const board = new Board({
    servers: {
      all: [server as unknown as LicensedServer],
      of: (id) => (id === profile.id ? (server as unknown as LicensedServer) : null),
    },
    documents,
    trustedTime: { evaluate: () => ({ judgedAt: at, clock: { state: 'right' } }) },
    onChanged: () => (changes += 1),
  });
  return { board, server, documents, changes: () => changes };
}

describe('the board', () => {
  it('reads no document before it is first shown', () => {
    const documents = new MemoryDocuments();
    documents.read = () => {
      throw new Error('read');
    };
    const rest = { servers: { all: [], of: () => null }, trustedTime: { evaluate: () => ({}) as never } };
    expect(() => new Board({ documents, onChanged: () => {}, ...rest })).not.toThrow();
  });

  it('stores what a helped server reports, and stores equal reports only once', () => {
    const { board, changes } = setUp();
    board.reportCame(serverReport());
    board.reportCame(serverReport());
    expect(changes()).toBe(1);
    expect(board.reported.all()).toMatchObject([{ name: 'Store 014', state: 'not_licensed', reportedAt: at }]);
    board.reportCame(serverReport({ acquisition: { state: 'failed', failureCode: 'access_denied' } }));
    expect(changes()).toBe(2);
    expect(board.reported.all()).toMatchObject([{ state: 'failed', failureCode: 'access_denied' }]);
  });

  it('shows its own servers and those that only reported, most urgent first', () => {
    const { board } = setUp();
    board.reported.report(store);
    const { rows, at: judgedAt } = board.view();
    expect(judgedAt).toBe(at);
    expect(rows.map(({ name, kind, environment }) => [name, kind, environment])).toEqual([
      [profile.serverName, 'own', 'sandbox'],
      ['Store 031', 'reported', null],
    ]);
  });

  it('recognizes a sandbox by what its Authorization server declares, not by its name', () => {
    const { board, server } = setUp();
    expect(board.view().rows[0]?.environment).toBe('sandbox');
    server.profile = { ...profile, issuer: 'https://sandbox.example.com' };
    server.knownServer.isSandbox = false;
    expect(board.view().rows[0]?.environment).toBeNull();
  });

  it('stores notes and archive marks, and signals each change', () => {
    const { board, changes } = setUp();
    board.reported.report(store);
    expect(board.note(own, 'Rack').ok).toBe(true);
    expect(board.archive({ kind: 'reported', id: 'r-1' }, true).ok).toBe(true);
    expect(board.view().rows.map(({ note, archived }) => [note, archived])).toEqual([
      ['Rack', false],
      [undefined, true],
    ]);
    expect(changes()).toBe(2);
  });

  it('refuses unknown servers, and changes nothing if the disk is full', () => {
    const { board, documents, changes } = setUp();
    const unknown = { ok: false, failure: { code: 'server_unknown' } };
    expect(board.note({ kind: 'own', id: 'r-1' }, 'x')).toMatchObject(unknown);
    expect(board.archive({ kind: 'reported', id: profile.id }, true)).toMatchObject(unknown);
    expect(board.forgetReported(profile.id)).toMatchObject(unknown);
    documents.writable = false;
    expect(board.note(own, 'x')).toMatchObject({ failure: { code: 'settings_not_written' } });
    expect(changes()).toBe(0);
  });

  it('deletes the note and mark of a forgotten server', () => {
    const { board, documents } = setUp();
    board.reported.report(store);
    const key = { kind: 'reported', id: 'r-1' } as const;
    board.note(key, 'Laptop 2');
    board.note(own, 'Rack');
    expect(board.forgetReported('r-1').ok).toBe(true);
    expect(board.serverForgotten(profile.id)).toBe(true);
    expect([...documents.files.values()].join()).not.toMatch(/Laptop|Rack|Store 031/);
    documents.writable = false;
    expect(board.serverForgotten(profile.id)).toBe(true);
  });

  it('drops with the oldest of 1000 servers that reported what was noted on it', () => {
    const { board, documents } = setUp();
    const rows = Object.fromEntries(
      Array.from({ length: 1000 }, (_row, nth) => [`r-${nth}`, { ...store, id: `r-${nth}`, reportedAt: at + nth }]),
    );
    documents.write('reported-servers', { version: 1, rows });
    for (const id of ['r-0', 'r-1']) expect(board.note({ kind: 'reported', id }, 'Key at the desk').ok).toBe(true);
    board.note(own, 'Rack');
    const noted = () => Object.keys((JSON.parse(documents.files.get('board') ?? '') as { rows: object }).rows);
    // A further report of a known server drops none.
    board.reportCame(serverReport({ id: 'r-5' }));
    expect(noted()).toEqual(['reported.r-0', 'reported.r-1', `own.${own.id}`]);
    board.reportCame(serverReport({ id: 'new' }));
    expect(board.reported.all()).toHaveLength(1000);
    expect(noted()).toEqual(['reported.r-1', `own.${own.id}`]);
  });
});
