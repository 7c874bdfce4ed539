import { buildConsole } from './build-console.mjs';
import { resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { repository } from './repository.mjs';
import { run } from './run.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** `npm run console -- status --json`: a command of the terminal, as the launchers of the installed console start it. */
await installPackages();
await installSystemPackages({ session: false });
const runtime = await resolveElectronRuntime();
await buildConsole();
const switches = [
  // Root has no sandbox of its own; the product never gets this switch.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...(process.platform === 'linux' ? ['--ozone-platform=headless'] : []),
  '--disable-gpu',
  '--log-level=3',
];
const args = [...switches, repository, '--', '--command', ...process.argv.slice(2)];
const { code } = await run(runtime.executablePath, args);
process.exit(code);
