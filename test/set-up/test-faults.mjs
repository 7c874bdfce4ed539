import { runConsoleTests } from './e2e.mjs';
import { installPackages } from './install-packages.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** Runs every fault in every license state on the real console. `npm test` runs each fault in one state only. */
process.env.FLC_FAULTS = 'all';
await installPackages();
await installSystemPackages();
process.exit(await runConsoleTests(['test/console/faults.spec.ts', ...process.argv.slice(2)]));
