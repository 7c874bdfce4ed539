import { installPackages } from './install-packages.mjs';
import { repository, tool } from './repository.mjs';
import { run } from './run.mjs';

/** `npm run authorization-server [-- --port N]`: the sandbox Authorization server alone. */
await installPackages();
const { code } = await run(tool('tsx'), ['test/authorization-server/main.ts', ...process.argv.slice(2)], {
  cwd: repository,
});
process.exit(code);
