import { FuseV1Options, FuseVersion } from '@electron/fuses';

/**
 * The fuses of the packaged app for a target platform (requirement E7).
 * @param {string} platform `win32`, `darwin` or `linux`
 * @returns {import('@electron/fuses').FuseV1Config}
 */
export function fusesFor(platform) {
  const windowsOrMac = platform === 'win32' || platform === 'darwin';
  return {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: platform === 'darwin',
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    // Electron checks it on these two platforms only.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: windowsOrMac,
    // On Linux, a locked or hanging keyring would prevent the window from ever opening.
    [FuseV1Options.EnableCookieEncryption]: windowsOrMac,
  };
}

/** A hook of electron-builder, needed because its own fuse settings are the same on all platforms. */
export default async function setFuses(context) {
  await context.packager.addElectronFuses(context, fusesFor(context.electronPlatformName));
}
