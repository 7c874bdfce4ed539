import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages } from './install-packages.mjs';
import { repository } from './repository.mjs';
import { run } from './run.mjs';
import { runTool } from './run-tool.mjs';

/** `npm run simulate:outage [-- stores ...]`: how many requests stores make after an outage, as a table and a picture. */
await installPackages();
const { code } = await runTool('tsx', ['test/simulation/main.ts', ...process.argv.slice(2)]);
if (code !== 2) await showPicture();
process.exit(code);

async function showPicture() {
  const [svg, png] = ['outage.svg', 'outage.png'].map((name) => join(repository, 'out', name));
  const converter = ['/usr/bin/convert', '/usr/bin/magick'].find((path) => existsSync(path));
  const drawn = converter ? await run(converter, [svg, png]) : { code: 1 };
  process.stdout.write(`The picture: ${drawn.code === 0 ? 'out/outage.svg and out/outage.png' : 'out/outage.svg'}\n`);
}
