import { buildConsole } from './build-console.mjs';
import { openDisplaySession } from './display-session.mjs';
import { describeRuntime, resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { repository, tool } from './repository.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** `npm run bench -- start [runs]`: figures as ratios, measured side by side in one run. */
await installPackages();
await installSystemPackages();
const runtime = await resolveElectronRuntime();
await buildConsole();
say(`Measured on ${describeRuntime(runtime)}`);
const session = await openDisplaySession();
const env = { ...session.env, FLC_ELECTRON: runtime.executablePath };
const { code } = await run(tool('tsx'), ['test/bench/main.ts', ...process.argv.slice(2)], { cwd: repository, env });
await session.close();
process.exit(code);
