import { installPackages } from './install-packages.mjs';
import { runTool } from './run-tool.mjs';

/** `npm run authorization-server [-- --port N]`: starts only the sandbox Authorization server. */
await installPackages();
const { code } = await runTool('tsx', ['test/authorization-server/main.ts', ...process.argv.slice(2)]);
process.exit(code);
