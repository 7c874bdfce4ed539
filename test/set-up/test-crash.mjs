import { runConsoleTests } from './e2e.mjs';
import { installPackages } from './install-packages.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** Kills the real console at every step around a license. `npm test` does so only at the most important steps. */
process.env.FLC_LONG = '1';
await installPackages();
await installSystemPackages();
process.exit(await runConsoleTests(['test/console/crash.spec.ts']));
