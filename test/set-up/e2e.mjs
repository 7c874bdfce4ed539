import { pathToFileURL } from 'node:url';
import { buildConsole } from './build-console.mjs';
import { openDisplaySession } from './display-session.mjs';
import { describeRuntime, resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { runTool } from './run-tool.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** Far more than the tests take. Needed because a test that blocks its thread forever is not ended by its own time limit. */
const limitSeconds = 80 * 60;

/**
 * Runs the tests of the real console, with a real Electron, keyring and OAuth server. Resolves to Playwright's exit code.
 * Playwright's JSON results go to `resultsFile`, if given.
 * @param {readonly string[]} [args]
 * @param {string} [resultsFile]
 */
export async function runConsoleTests(args = [], resultsFile = '') {
  const runtime = await resolveElectronRuntime();
  await buildConsole('test');
  const session = await openDisplaySession();
  const env = {
    ...session.env,
    FLC_ELECTRON: runtime.executablePath,
    FLC_ELECTRON_DIST: runtime.distPath,
    FLC_ELECTRON_SOURCE: runtime.source,
    FLC_ELECTRON_DESCRIPTION: describeRuntime(runtime),
    ...(resultsFile ? { FLC_CONSOLE_RESULTS: resultsFile } : {}),
  };
  const { code } = await runTool('playwright', ['test', ...args], { env, limitSeconds });
  await session.close();
  return code;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await installPackages();
  await installSystemPackages();
  process.exit(await runConsoleTests(process.argv.slice(2)));
}
