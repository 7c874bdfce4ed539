import { release } from 'node:os';
import type { AboutView } from '../../../src-shared/support/about-view.ts';
import { run } from '../disk/structured-log.ts';
import { findKeyringProgram } from '../keychain/linux-keyring.ts';

/** Name, version and processor of the operating system. */
export const operatingSystem = (): string => `${process.platform} ${release()} ${process.arch}`;

/** The runtime of this process. */
export const runtimeOfProcess = (): string => `Electron ${process.versions['electron']}`;

/** What support asks for first, apart from the support contact. */
export async function aboutComputer(version: string, dataFolder: string): Promise<Omit<AboutView, 'support'>> {
  return {
    version,
    runtime: runtimeOfProcess(),
    os: operatingSystem(),
    keychain: { kind: keychainKind(process.platform), program: await findKeyringProgram() },
    dataFolder,
    run,
  };
}

function keychainKind(platform: NodeJS.Platform): AboutView['keychain']['kind'] {
  if (platform === 'win32') return 'credential_manager';
  return platform === 'darwin' ? 'keychain' : 'secret_service';
}
