import { FuseV1Options } from '@electron/fuses';
import { describe, expect, it } from 'vitest';
import { fusesFor } from './set-fuses.mjs';

describe('E7: the fuses of the packaged app', () => {
  it.each(['win32', 'darwin', 'linux'])('on %s, its binary can run only the console', (platform) => {
    expect(fusesFor(platform)).toMatchObject({
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
    });
  });

  it.each([
    ['win32', true],
    ['darwin', true],
    ['linux', false],
  ])('on %s, asar integrity and cookie encryption: %s', (platform, on) => {
    expect(fusesFor(platform)).toMatchObject({
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.EnableCookieEncryption]: on,
    });
  });
});
