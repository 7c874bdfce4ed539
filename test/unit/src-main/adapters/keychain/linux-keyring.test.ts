import { describe, expect, test, vi } from 'vitest';
import {
  doesKeyringAnswer,
  isEntryLocked,
  refusalNamed,
} from '../../../../../src-main/adapters/keychain/linux-keyring.ts';
import { errorReply, fakeSessionBus, listsReply, reply } from '../../../../fakes/fake-bus.ts';
import { ofLinuxKeyrings } from '../../../../fakes/on-windows.ts';

test.each([
  ['org.freedesktop.DBus.Error.UnknownObject', 'secret_store_locked'],
  ['org.freedesktop.DBus.Error.UnknownInterface', 'secret_store_locked'],
  ['org.freedesktop.DBus.Error.UnknownMethod', 'secret_store_locked'],
  ['org.freedesktop.Secret.Error.NoSuchObject', 'secret_store_locked'],
  ['org.freedesktop.Secret.Error.IsLocked', 'secret_store_locked'],
  ['org.freedesktop.DBus.Error.ServiceUnknown', 'secret_store_missing'],
  ['org.freedesktop.DBus.Error.NameHasNoOwner', 'secret_store_missing'],
  ['org.freedesktop.DBus.Error.Spawn.ServiceNotFound', 'secret_store_missing'],
  ['org.freedesktop.DBus.Error.Spawn.ChildExited', 'secret_store_missing'],
  ['org.freedesktop.DBus.Error.NoReply', 'secret_store_timeout'],
  ['org.freedesktop.DBus.Error.Timeout', 'secret_store_timeout'],
  ['org.freedesktop.DBus.Error.TimedOut', 'secret_store_timeout'],
  ['org.freedesktop.DBus.Error.AccessDenied', null],
  ['org.example.Error.NotATimeout', null],
  ['', null],
])('the error %s of the keyring becomes %s', (error, code) => {
  expect(refusalNamed(error)).toBe(code);
});

describe('a keyring on a bus', ofLinuxKeyrings(), () => {
  const entry = { service: 'a service', account: 'an account' };
  const fake = fakeSessionBus();

  test.each([
    ['is locked', [[], ['/i/1']], true],
    ['is open', [['/i/1'], []], false],
    ['is open beside a locked one', [['/i/1'], ['/i/2']], false],
    ['is not there', [[], []], false],
  ])('an entry counts as locked only if it is locked and no open one exists: it %s', async (_case, lists, locked) => {
    fake.onCall = (serial, socket, call) => {
      expect(['SearchItems', ...Object.values(entry)].filter((text) => !call.includes(text))).toEqual([]);
      socket.write(listsReply(serial, lists));
    };
    expect(await isEntryLocked(entry)).toBe(locked);
  });

  test('an entry counts as locked if the keyring gives no answer', async () => {
    const fail = (error: string) => {
      fake.onCall = (serial, socket) => socket.write(errorReply(serial, `org.freedesktop.DBus.Error.${error}`));
    };
    fail('UnknownMethod');
    expect(await isEntryLocked(entry)).toBe(false);
    for (const error of ['NoReply', 'ServiceUnknown', 'TimedOut']) {
      fail(error);
      expect(await isEntryLocked(entry), error).toBe(true);
    }
    fake.onCall = () => fake.hangUp();
    expect(await isEntryLocked(entry)).toBe(true);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'tcp:host=localhost');
    expect(await isEntryLocked(entry)).toBe(false);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${fake.path}`);
  });

  test('an answer of the keyring is a sign of life, but an answer of the bus on its behalf is not', async () => {
    fake.onCall = (serial, socket) => socket.write(reply(serial, true, { inVariant: true }));
    expect(await doesKeyringAnswer()).toBe(true);
    for (const [error, alive] of [
      ['UnknownObject', true],
      ['AccessDenied', true],
      ['ServiceUnknown', false],
      ['NoReply', false],
      ['TimedOut', false],
    ] as const) {
      fake.onCall = (serial, socket) => socket.write(errorReply(serial, `org.freedesktop.DBus.Error.${error}`));
      expect(await doesKeyringAnswer(), error).toBe(alive);
    }
  });
});
