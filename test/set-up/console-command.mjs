import { buildConsole } from './build-console.mjs';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { repository } from './repository.mjs';
import { run } from './run.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** `npm run console -- status --json`: runs a terminal command in the same way as the launchers of an installed console. */
await installPackages();
await installSystemPackages({ session: false });
const runtime = await resolveElectronRuntime();
await buildConsole();
const switches = [
  // Chromium's sandbox does not work for root. The product never gets this switch.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...(process.platform === 'linux' ? ['--ozone-platform=headless'] : []),
  '--disable-gpu',
  '--log-level=3',
];
const args = [...switches, repository, '--', '--command', ...process.argv.slice(2)];
const { code } = await run(runtime.executablePath, args);
process.exit(code);
