import { describe, expect, it } from 'vitest';
import { secretStoreCode } from '../../../../../src-main/adapters/keychain/secret-store-code.ts';

describe('S3: the failure code of an error of the keychain', () => {
  it.each([
    // libsecret on D-Bus
    ['Cannot create an item in a locked collection', 'secret_store_locked'],
    ['The prompt was dismissed', 'secret_store_locked'],
    ['GDBus.Error:org.freedesktop.Secret.Error.IsLocked: The collection is locked', 'secret_store_locked'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'secret_store_missing'],
    ['GDBus.Error: Message recipient disconnected from message bus without replying', 'secret_store_missing'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'secret_store_missing'],
    ['Could not connect: No such file or directory', 'secret_store_missing'],
    ['Could not connect: Connection refused', 'secret_store_missing'],
    ['GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: …', 'secret_store_missing'],
    ["Couldn't create item: An error occurred on the device", 'secret_store_refused'],
    ["Couldn't create item: Insufficient memory available on the device", 'secret_store_full'],
    ['Failed to write: No space left on device', 'secret_store_full'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'secret_store_refused'],
    // macOS
    ['User interaction is not allowed.', 'secret_store_locked'],
    ['The user name or passphrase you entered is not correct.', 'secret_store_password_changed'],
    ['The disk is full.', 'secret_store_full'],
    ['The quota was exceeded.', 'secret_store_full'],
    ['The specified keychain could not be found.', 'secret_store_missing'],
    ['A default keychain could not be found.', 'secret_store_missing'],
    // Windows
    ['The stub received bad data.', 'secret_store_refused'],
    ['Not enough memory resources are available to process this command.', 'secret_store_full'],
    ['Not enough storage is available to process this command.', 'secret_store_full'],
    ['Not enough quota is available to process this command.', 'secret_store_full'],
    ['There is not enough space on the disk.', 'secret_store_full'],
    ['Insufficient system resources exist to complete the requested service.', 'secret_store_full'],
    ['Key not valid for use in specified state.', 'secret_store_password_changed'],
    ['Bad Data.', 'secret_store_password_changed'],
    ['The specified file could not be decrypted.', 'secret_store_password_changed'],
    ['A specified logon session does not exist. It may already have been terminated.', 'secret_store_refused'],
    // The native module
    ["Cannot find module '../build/Release/keytar.node'", 'secret_store_missing'],
    ['', 'secret_store_refused'],
  ])('depends on the text: %s', (text, code) => {
    expect(secretStoreCode(new Error(text))).toBe(code);
    expect(secretStoreCode(text)).toBe(code);
  });

  it.each([undefined, null, 5, {}, Symbol('x')])('is secret_store_refused for any other thrown value: %s', (thrown) => {
    expect(secretStoreCode(thrown)).toBe('secret_store_refused');
  });
});
