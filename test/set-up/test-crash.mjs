import { runConsoleTests } from './e2e.mjs';
import { installPackages } from './install-packages.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** Lets the real console die at every step around a license; `npm test` does it at those that tell most. */
process.env.FLC_LONG = '1';
await installPackages();
await installSystemPackages();
process.exit(await runConsoleTests(['test/console/crash.spec.ts']));
