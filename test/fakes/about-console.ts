import type { AboutView } from '../../src-shared/support/about-view.ts';

/** A console on Windows. */
export const aboutConsole: AboutView = {
  version: '0.1.0',
  runtime: 'Electron 33.2.1',
  os: 'win32 10.0.22631 x64',
  keychain: { kind: 'credential_manager', program: null },
  dataFolder: 'C:\\Users\\Back office\\AppData\\Roaming\\Fusion License Console',
  run: '9c41f0aa',
  support: { state: 'none' },
};
