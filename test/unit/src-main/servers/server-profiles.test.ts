import '../../../fakes/without-electron.ts';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { profileDefaults } from '../../../../src-shared/servers/profile-defaults.ts';
import {
  expectedAudience,
  type ProfileSettings,
  profileSettingsSchema,
} from '../../../../src-shared/servers/server-profile.ts';
import { ElectronStoreDocuments } from '../../../../src-main/adapters/disk/electron-store-documents.ts';
import { ServerProfiles } from '../../../../src-main/servers/server-profiles.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { said, tries } from '../../../fakes/tries.ts';

const store: ProfileSettings = {
  ...profileDefaults,
  issuer: 'https://auth.example',
  edition: 'store',
  serverName: 'Store 014',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profiles-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  let serial = 0;
  const documents = new ElectronStoreDocuments(folder, () => 0);
  const profiles = new ServerProfiles(documents, () => `id-${++serial}-${readdirSync(folder).length}`);
  return { profiles, restored: profiles.restore() };
}
const settings = (changes: Record<string, unknown> = {}) => ({
  version: 1,
  currentProfileId: 'a',
  profiles: { a: store, b: { ...store, serverName: 'Store 015' } },
  pane: { splitPercent: 30, zoomPercent: 125, signOutWhenFinished: true },
  window: { x: 1, y: 2, width: 1300, height: 900, maximized: false },
  ...changes,
});
const put = (document: unknown) =>
  writeFileSync(join(folder, 'settings.json'), typeof document === 'string' ? document : JSON.stringify(document));

describe('server profiles on disk', () => {
  it('do not exist at the first start, and nothing is written', () => {
    const { profiles, restored } = open();
    expect(restored).toEqual({ unreadable: false });
    expect([profiles.current, profiles.all, profiles.window]).toEqual([null, [], null]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('have an ID that is known before they exist, and is used once', () => {
    const { profiles } = open();
    const { nextId } = profiles;
    expect(profiles.nextId).toBe(nextId);
    expect(profiles.add({ ...store, edition: 'none' as 'store' }).ok).toBe(false);
    expect(profiles.saveCurrent(store)).toMatchObject({ ok: true, value: { id: nextId } });
    expect(profiles.nextId).not.toBe(nextId);
    profiles.beginForgetting(nextId);
    profiles.endForgetting(nextId, false);
    expect(profiles.nextId).not.toBe(nextId);
    const later = profiles.nextId;
    expect(profiles.add({ ...store, serverName: 'Store 015' })).toMatchObject({ value: { id: later } });
  });

  it('are restored after a restart, with the current one and the state of the window', () => {
    const { profiles } = open();
    const first = profiles.saveCurrent(store);
    const second = profiles.add({ ...store, serverName: 'Store 015', edition: 'corporate' });
    profiles.savePane({ zoomPercent: 125 });
    profiles.savePageZoom(150);
    expect(profiles.theme).toBe('system');
    profiles.saveTheme('dark');
    expect(profiles.installedBy).toBe('');
    profiles.saveInstalledBy('Maria Gómez');
    profiles.saveQuietHours({ on: true, from: '21:30', to: '06:00' });
    profiles.saveWindow({ x: -5, y: 10, width: 1300, height: 900, maximized: true });
    if (!first.ok || !second.ok) throw new Error('not saved');
    const { profiles: later } = open();
    expect(later.current).toEqual(second.value);
    expect(later.all).toEqual([first.value, second.value]);
    expect(later.pane).toEqual({ splitPercent: 45, zoomPercent: 125, signOutWhenFinished: false });
    expect(later.pageZoomPercent).toBe(150);
    expect(later.theme).toBe('dark');
    expect(later.installedBy).toBe('Maria Gómez');
    expect(later.quietHours).toEqual({ on: true, from: '21:30', to: '06:00' });
    expect(later.window).toEqual({ x: -5, y: 10, width: 1300, height: 900, maximized: true });
  });

  it.each(['store 014', 'STORE-014', ' Store_014 ', 'Store014', 'Store – 014'])(
    'have different names at one Authorization server: a second %j is refused, when added or changed',
    (serverName) => {
      const { profiles } = open();
      profiles.saveCurrent(store);
      const other = profiles.add({ ...store, serverName: 'Store 015' });
      if (!other.ok) throw new Error('not saved');
      const before = readFileSync(join(folder, 'settings.json'), 'utf8');
      const taken = { failure: { code: 'server_name_taken', facts: { server: 'Store 014' } } };
      expect(profiles.add({ ...store, serverName })).toMatchObject(taken);
      expect(profiles.add({ ...store, serverName, issuer: 'https://AUTH.example/' })).toMatchObject(taken);
      expect(profiles.save(other.value.id, { ...store, serverName })).toMatchObject(taken);
      expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe(before);
      expect(profiles.add({ ...store, serverName, issuer: 'https://other.example' }).ok).toBe(true);
    },
  );

  it('have as a namesake only another one at the same Authorization server', () => {
    put(settings({ profiles: { a: store, b: { ...store, serverName: 'Store 015' } } }));
    const { profiles } = open();
    const { issuer } = store;
    expect(profiles.namesakeOf('b', { serverName: 'store-014', issuer })).toMatchObject({ id: 'a' });
    expect(profiles.namesakeOf('a', { serverName: 'store-014', issuer })).toBeUndefined();
    expect(profiles.namesakeOf('b', { serverName: 'store-014', issuer: 'https://other.example' })).toBeUndefined();
  });

  it('may be renamed to another spelling, and two with one name from an earlier version stay usable', () => {
    put(settings({ profiles: { a: store, b: { ...store, serverName: 'STORE 014' } } }));
    const { profiles, restored } = open();
    expect(restored.unreadable).toBe(false);
    expect(profiles.save('b', { ...store, serverName: 'STORE 014', scope: 'other' }).ok).toBe(true);
    expect(profiles.save('b', { ...store, serverName: 'store-014' })).toMatchObject({
      failure: { code: 'server_name_taken' },
    });
    expect(profiles.save('b', { ...store, serverName: 'Store 015' }).ok).toBe(true);
    expect(profiles.save('a', { ...store, serverName: 'Store-014' }).ok).toBe(true);
  });

  it('are changed by saving the current one, and choosing makes another one current', () => {
    const { profiles } = open();
    const first = profiles.saveCurrent(store);
    const second = profiles.add({ ...store, serverName: 'Store 015' });
    if (!first.ok || !second.ok) throw new Error('not saved');
    expect(profiles.choose(first.value.id).ok).toBe(true);
    profiles.saveCurrent({ ...store, serverName: 'Renamed' });
    expect(profiles.all.map(({ serverName }) => serverName)).toEqual(['Renamed', 'Store 015']);
    expect(profiles.choose('nobody')).toMatchObject({ failure: { code: 'profile_incomplete' } });
    expect(profiles.choose('__proto__')).toMatchObject({ failure: { code: 'profile_incomplete' } });
    expect(profiles.current?.id).toBe(first.value.id);
  });

  it.each([
    ['no issuer', { issuer: '' }],
    ['an issuer of blanks', { issuer: '  ' }],
    ['a name of 101 characters', { serverName: 'x'.repeat(101) }],
    ['a name with a line end', { serverName: 'a\nb' }],
    ['an unknown edition', { edition: 'enterprise' as never }],
    ['no client', { clientId: '' }],
  ])('are not changed by %s, which is profile_incomplete', (_name, changes) => {
    const { profiles } = open();
    profiles.saveCurrent(store);
    const before = profiles.all;
    expect(profiles.saveCurrent({ ...store, ...changes })).toMatchObject({ failure: { code: 'profile_incomplete' } });
    expect(profiles.all).toEqual(before);
  });
});

describe('Resource and Audience', () => {
  it('of a server with a resource only are kept, and the resource is the expected audience', () => {
    // As earlier versions wrote it, when each server had a resource.
    const before = {
      issuer: 'https://auth.example',
      edition: 'store',
      serverName: 'Store 014',
      clientId: 'fusion-license-console',
      scope: 'offline_access license',
      resource: 'urn:fusion-pos:license',
    };
    put({ version: 1, currentProfileId: 'a', profiles: { a: before }, pane: {} });
    const { profiles, restored } = open();
    expect(restored).toEqual({ unreadable: false });
    expect(profiles.current).toEqual({ id: 'a', ...before });
    expect(profiles.current && expectedAudience(profiles.current)).toBe('urn:fusion-pos:license');
  });

  it.each<[Partial<ProfileSettings>, string | null]>([
    [{}, null],
    [{ resource: 'urn:r' }, 'urn:r'],
    [{ audience: 'urn:a' }, 'urn:a'],
    [{ resource: 'urn:r', audience: 'urn:a' }, 'urn:a'],
  ])('%j lead to the expected audience %j', (changes, audience) => {
    expect(expectedAudience({ ...store, ...changes })).toBe(audience);
  });

  it('are empty for a new server', () => {
    expect(profileDefaults).not.toHaveProperty('resource');
    expect(profileDefaults).not.toHaveProperty('audience');
  });

  it('can be cleared', () => {
    const { profiles } = open();
    profiles.saveCurrent({ ...store, resource: 'urn:r' });
    profiles.saveCurrent(store);
    expect(open().profiles.current).not.toHaveProperty('resource');
  });
});

describe('S4: damaged settings', () => {
  it.each<[string, unknown]>([
    ['empty', ''],
    ['cut off', JSON.stringify(settings()).slice(0, 80)],
    ['NUL', '\u0000'.repeat(300)],
    ['a list', []],
    ['null', null],
    ['a number', 5],
    ['text', 'hello'],
    ['no version', settings({ version: undefined })],
    ['version 0, an earlier one', settings({ version: 0 })],
    ['version 2, a later one', settings({ version: 2 })],
    ['a version that is text', settings({ version: '1' })],
    ['profiles that are a list', settings({ profiles: [store] })],
    ['profiles that are null', settings({ profiles: null })],
    ['no profiles', settings({ profiles: undefined })],
    ['a profile that is null', settings({ profiles: { a: null } })],
    ['a profile without an issuer', settings({ profiles: { a: { ...store, issuer: undefined } } })],
    ['a profile of an unknown edition', settings({ profiles: { a: { ...store, edition: 'x' } } })],
    ['a profile whose id is a path', settings({ profiles: { '../../x': store } })],
  ])('are set aside and reported until new ones are saved: %s', (_name, document) => {
    put(document);
    const { profiles, restored } = open();
    const keptAs = 'settings.unreadable-1970-01-01T00-00-00-000Z.json';
    expect(restored).toEqual({ unreadable: true, keptAs });
    expect([profiles.current, profiles.all]).toEqual([null, []]);
    expect(profiles.loss).toEqual({ part: 'all', keptAs });
    const { profiles: next } = open();
    expect(next.loss).toEqual(profiles.loss);
    expect(next.saveTheme('dark').ok).toBe(true);
    expect(open().profiles.loss).toEqual(profiles.loss);
    expect(next.saveCurrent(store).ok).toBe(true);
    for (const { loss, current } of [next, open().profiles])
      expect([loss, current?.serverName]).toEqual([null, 'Store 014']);
  });

  it.each([
    ['both files are damaged', '{', '{'],
    ['the file is gone and its copy is damaged', null, '{'],
    ['the file is gone and its copy has a later version', null, '{"version":2}'],
  ])('are lost, and stay lost until a person knows: %s', (_name, file, copy) => {
    open().profiles.saveCurrent(store);
    if (file === null) rmSync(join(folder, 'settings.json'));
    else put(file);
    writeFileSync(join(folder, 'settings.copy.json'), copy);
    expect(open().restored.unreadable).toBe(true);
    const { profiles } = open();
    expect(profiles.loss?.part).toBe('all');
    profiles.acceptLoss();
    for (const { loss, all } of [profiles, open().profiles]) expect([loss, all]).toEqual([null, []]);
  });

  it('come back at the next start if another program held their good copy at this one', () => {
    open().profiles.saveCurrent(store);
    const copy = join(folder, 'settings.copy.json');
    const held = readFileSync(copy);
    put('{');
    rmSync(copy);
    mkdirSync(copy);
    const { profiles } = open();
    expect([profiles.loss?.part, profiles.all]).toEqual(['all', []]);
    profiles.saveTheme('dark');
    rmSync(copy, { recursive: true, force: true });
    writeFileSync(copy, held);
    for (const { loss, current } of [open().profiles, open().profiles])
      expect([loss, current?.serverName]).toEqual([null, 'Store 014']);
  });

  it.each(['at once', 'at the next start'])('are lost in part if the copy, read %s, has a malformed server', (when) => {
    const { profiles } = open();
    profiles.saveCurrent(store);
    profiles.add({ ...store, serverName: 'Store 015' });
    const copy = join(folder, 'settings.copy.json');
    const malformed = readFileSync(copy, 'utf8').replace('"store"', '7');
    rmSync(copy);
    put('{');
    if (when === 'at the next start') open();
    writeFileSync(copy, malformed);
    const after = open().profiles;
    expect([after.all.length, after.loss?.part]).toEqual([1, 'some']);
    expect(open().profiles).toMatchObject({ all: after.all, loss: after.loss });
  });

  it('are not lost if all servers were forgotten', () => {
    const { profiles } = open();
    const saved = profiles.saveCurrent(store);
    if (!saved.ok) throw new Error('not saved');
    profiles.beginForgetting(saved.value.id);
    profiles.endForgetting(saved.value.id, true);
    put('{');
    expect(open().profiles.loss).toBeNull();
    rmSync(join(folder, 'settings.json'));
    expect(open()).toMatchObject({ restored: { unreadable: false }, profiles: { loss: null } });
  });

  it('that can be neither read nor written are lost for as long as nobody knows', () => {
    const documents = new MemoryDocuments(new Map([['settings', '{']]));
    documents.writable = false;
    const profiles = new ServerProfiles(documents, () => 'new');
    profiles.restore();
    expect(profiles.loss?.part).toBe('all');
    profiles.acceptLoss();
    expect(profiles.loss).toBeNull();
  });

  it('are replaced by the last good copy if the file cannot be read', () => {
    const [first] = [open().profiles.saveCurrent(store)];
    put('{"version":1,');
    const { profiles, restored } = open();
    expect(restored.unreadable).toBe(true);
    expect(first.ok && profiles.current).toEqual(first.ok && first.value);
  });

  it('are replaced by the good copy once, and the next start reads them without a failure', () => {
    open().profiles.saveCurrent(store);
    put('');
    expect(open().restored.unreadable).toBe(true);
    const { profiles, restored } = open();
    expect(restored).toEqual({ unreadable: false });
    expect(profiles.current?.serverName).toBe('Store 014');
  });

  it('are replaced by the copy and reported if the file is gone', () => {
    open().profiles.saveCurrent(store);
    rmSync(join(folder, 'settings.json'));
    const { profiles, restored } = open();
    expect(restored).toEqual({ unreadable: true });
    expect(profiles.current?.serverName).toBe('Store 014');
  });

  it('lose only a malformed server, and the original file is set aside and reported', () => {
    const document = settings({ profiles: { a: { ...store, edition: 7 }, b: { ...store, serverName: 'Store 015' } } });
    put(document);
    const { profiles, restored } = open();
    expect(restored).toMatchObject({ unreadable: true });
    expect(profiles.loss).toEqual({ part: 'some', keptAs: restored.keptAs });
    expect(profiles.all.map(({ id, serverName }) => [id, serverName])).toEqual([['b', 'Store 015']]);
    expect(profiles.pane).toEqual(document.pane);
    expect(JSON.parse(readFileSync(join(folder, restored.keptAs ?? ''), 'utf8'))).toEqual(document);
    expect(open().restored).toEqual({ unreadable: false });
    expect(open().profiles).toMatchObject({ all: profiles.all, loss: profiles.loss });
    // A change of another server does not bring the lost one back.
    profiles.saveCurrent({ ...store, serverName: 'Store 015', scope: 'other' });
    expect(open().profiles.loss).toEqual(profiles.loss);
    // It may be another server than the lost one.
    profiles.add(store);
    expect(open().profiles.loss).toEqual(profiles.loss);
    profiles.acceptLoss();
    expect([profiles.loss, open().profiles.loss]).toEqual([null, null]);
  });

  it('lose no server if the copy has the malformed one', () => {
    const { profiles: before } = open();
    before.add(store);
    before.add({ ...store, serverName: 'Store 015' });
    const spoiled = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as {
      profiles: Record<string, unknown>;
    };
    spoiled.profiles[before.all[0]?.id ?? ''] = 'gone';
    put(spoiled);
    const { profiles, restored } = open();
    expect(restored).toMatchObject({ unreadable: true });
    expect(profiles.loss).toBeNull();
    expect(new Set(profiles.all)).toEqual(new Set(before.all));
    expect(profiles.current).toEqual(before.current);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no pane', { pane: undefined }],
    ['a pane of wrong types', { pane: { splitPercent: 'wide', zoomPercent: null, signOutWhenFinished: 1 } }],
    ['a pane beyond its bounds', { pane: { splitPercent: 500, zoomPercent: -1 } }],
    ['a pane that is a list', { pane: [] }],
    ['a page too large to be read', { pageZoomPercent: 9000 }],
    ['a page zoom that is text', { pageZoomPercent: 'large' }],
    ['colors that nobody knows', { theme: 'pink' }],
    ['an installer with too long a name', { installedBy: 'x'.repeat(81) }],
    ['a window of wrong types', { window: { x: 'left' } }],
    ['a window that is text', { window: 'maximized' }],
    ['a window of no size', { window: { x: 0, y: 0, width: -5, height: 0, maximized: false } }],
    ['a window larger than any screen', { window: { x: 0, y: 0, width: 1e12, height: 1e308, maximized: false } }],
    ['a window beyond any screen', { window: { x: 1e300, y: -1e300, width: 1300, height: 900, maximized: false } }],
    ['quiet hours of no time', { notifications: { quietHours: { on: true, from: '25:00', to: 7 } } }],
    ['notifications that are text', { notifications: 'off' }],
    ['members of a later version', { tray: { hidden: true }, profiles: { a: { ...store, color: 'blue' } } }],
  ])('keep the profiles and reset to the default: %s', (_name, changes) => {
    put(settings(changes));
    const { profiles, restored } = open();
    expect(restored).toEqual({ unreadable: false });
    expect(profiles.current?.serverName).toBe('Store 014');
    expect(profiles.pane.splitPercent).toBeGreaterThanOrEqual(10);
    expect(profiles.pane.splitPercent).toBeLessThanOrEqual(90);
    expect(profiles.pane.zoomPercent).toBeGreaterThanOrEqual(50);
    expect(profiles.pageZoomPercent).toBe(100);
    expect(profiles.quietHours).toEqual({ on: false, from: '22:00', to: '07:00' });
    for (const value of [profiles.window?.x, profiles.window?.y, profiles.window?.width, profiles.window?.height]) {
      expect(Math.abs(value ?? 0)).toBeLessThanOrEqual(100_000);
    }
    expect(profiles.window?.width ?? 1).toBeGreaterThan(0);
  });

  it.each<[string, unknown]>([
    ['absent', undefined],
    ['of a profile that is gone', 'gone'],
    ['a path', '../x'],
    ['a number', 5],
  ])('show another server, not the first run, if the current profile is %s', (_name, currentProfileId) => {
    put(settings({ currentProfileId }));
    expect(open().profiles.current?.serverName).toBe('Store 014');
  });

  it(`lose no good server, and the old file is set aside, in ${said(1_000)} documents`, () => {
    const id = fc.oneof(fc.constantFrom('a', 'b', 'c-1', '__proto__', 'constructor', '../x', ''), fc.uuid());
    const good = fc
      .record({ serverName: fc.constantFrom('Store 014', 'Store 015') })
      .map((name) => ({ ...store, ...name }));
    const servers = fc.array(fc.tuple(id, fc.oneof(good, fc.jsonValue())), { maxLength: 6 });
    fc.assert(
      fc.property(servers, fc.jsonValue(), (entries, habit) => {
        const profiles = Object.fromEntries(entries);
        const text = JSON.stringify(settings({ profiles, currentProfileId: habit, pane: habit, window: habit }));
        const kept = new MemoryDocuments(new Map([['settings', text]]));
        const restoring = new ServerProfiles(kept, () => 'new');
        const { unreadable } = restoring.restore();
        const goodIds = Object.entries(profiles)
          .filter(([key, value]) => /^[a-z0-9-]{1,64}$/.test(key) && profileSettingsSchema.safeParse(value).success)
          .map(([key]) => key);
        expect(new Set(restoring.all.map((profile) => profile.id))).toEqual(new Set(goodIds));
        const bad = Object.keys(profiles).filter((key) => key !== '__proto__').length - goodIds.length;
        const part = goodIds.length > 0 ? 'some' : 'all';
        expect([unreadable, restoring.loss?.part]).toEqual([bad > 0, bad > 0 ? part : undefined]);
        if (bad > 0) expect(kept.files.get('settings.unreadable')).toBe(text);
        const later = new ServerProfiles(kept, () => 'newer');
        expect(later.restore().unreadable).toBe(false);
        expect(later.all).toEqual(restoring.all);
      }),
      { numRuns: tries(1_000) },
    );
  });

  it(`do not prevent saving new ones, in ${said(1_000)} documents of any kind`, () => {
    const documents = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc
        .dictionary(
          fc.constantFrom(
            'version',
            'currentProfileId',
            'profiles',
            'pane',
            'pageZoomPercent',
            'theme',
            'installedBy',
            'window',
            'notifications',
          ),
          fc.jsonValue(),
        )
        .map((changes) => JSON.stringify(settings(changes))),
    );
    fc.assert(
      fc.property(documents, (text) => {
        const kept = new MemoryDocuments(new Map([['settings', text]]));
        const profiles = new ServerProfiles(kept, () => 'new');
        profiles.restore();
        expect(profiles.saveCurrent(store).ok).toBe(true);
        const later = new ServerProfiles(kept, () => 'newer');
        expect(later.restore()).toEqual({ unreadable: false });
        expect(later.current).toEqual({ id: later.current?.id, ...store });
      }),
      { numRuns: tries(1_000) },
    );
  });
});

describe('S4: a disk that is full or read-only', () => {
  it('is reported, and the settings stay as they were', () => {
    const documents = new MemoryDocuments();
    const profiles = new ServerProfiles(documents, () => 'a');
    profiles.saveCurrent(store);
    documents.writable = false;
    expect(profiles.saveCurrent({ ...store, serverName: 'Renamed' })).toMatchObject({
      failure: { code: 'settings_not_written' },
    });
    expect(profiles.add({ ...store, serverName: 'Store 015' })).toMatchObject({
      failure: { code: 'settings_not_written' },
    });
    expect(profiles.choose('a')).toMatchObject({ failure: { code: 'settings_not_written' } });
    profiles.savePane({ splitPercent: 70 });
    expect(profiles.current?.serverName).toBe('Store 014');
    expect(profiles.all).toHaveLength(1);
  });
});
