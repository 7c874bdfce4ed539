import { buildConsole } from './build-console.mjs';
import { openDisplaySession } from './display-session.mjs';
import { describeRuntime, resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { runTool } from './run-tool.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** `npm run bench -- start [runs]`: benchmark results as ratios, measured side by side in one run. */
await installPackages();
await installSystemPackages();
const runtime = await resolveElectronRuntime();
await buildConsole();
process.stdout.write(`\nMeasured on ${describeRuntime(runtime)}\n`);
const session = await openDisplaySession();
const env = { ...session.env, FLC_ELECTRON: runtime.executablePath };
const { code } = await runTool('tsx', ['test/bench/main.ts', ...process.argv.slice(2)], { env });
await session.close();
process.exit(code);
