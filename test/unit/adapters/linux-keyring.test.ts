import { expect, test } from 'vitest';
import { refusalNamed } from '../../../src-main/adapters/linux-keyring.ts';

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
])('the keyring answers %s: %s', (error, code) => {
  expect(refusalNamed(error)).toBe(code);
});
