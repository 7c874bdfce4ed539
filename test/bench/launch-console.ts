import { _electron, type ElectronApplication } from '@playwright/test';

/** Starts the console of this build with its own data folder and further arguments. */
export function launchConsole(
  electron: string,
  app: string,
  userData: string,
  args: readonly string[],
): Promise<ElectronApplication> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return _electron.launch({ executablePath: electron, args: [...root, `--user-data-dir=${userData}`, app, ...args] });
}
