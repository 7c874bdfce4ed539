import { installPackages } from './install-packages.mjs';
import { runTool } from './run-tool.mjs';

/** `npm run simulate:outage [-- stores ...]`: how many requests the stores send after an outage, as a table and a picture. */
await installPackages();
const { code } = await runTool('tsx', ['test/simulation/main.ts', ...process.argv.slice(2)]);
if (code !== 2) process.stdout.write('The picture, for a browser: out/outage.svg\n');
process.exit(code);
