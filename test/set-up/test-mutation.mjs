import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { chosenEnvironment } from './chosen-environment.mjs';
import { installPackages } from './install-packages.mjs';
import { killsEnough, mutationTable, scoresOf } from './mutation-scores.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { cacheFolder, repository } from './repository.mjs';
import { run } from './run.mjs';
import { runNpm } from './run-tool.mjs';
import { giveUp, say } from './say.mjs';

/**
 * `npm run test:mutation [-- NAME…]`: StrykerJS mutates the pure core and checks that a test fails for each mutant. Its packages
 * are outside the repository, because it needs an older TypeScript than the product. Each file is listed, with the name of
 * its unit test if that differs. Only that test runs, because otherwise every test would try each mutant of a constant.
 */
const files = [
  ['src-main/authorization/oauth-failure.ts'],
  ['src-main/authorization/server-document.ts'],
  ['src-main/authorization/retry-after.ts'],
  ['src-main/tokens/renewal-date.ts'],
  ['src-main/tokens/time-zone-claim.ts', 'renewal-date'],
  ['src-main/tokens/claim-values.ts'],
  ['src-main/time/clock-check.ts'],
  ['src-main/license/evaluate-license.ts'],
  ['src-main/tokens/token-rules.ts'],
  ['src-main/peers/evaluate-peer.ts'],
  ['src-main/acquisition/poll-schedule.ts'],
  ['src-main/refresh/refresh-schedule.ts'],
];
const wanted = process.argv.slice(2);
const chosen = files.filter(([file]) => wanted.length === 0 || wanted.some((name) => file.endsWith(`/${name}.ts`)));
if (chosen.length === 0)
  giveUp(`There is no such file. There are: ${files.map(([file]) => file.replace(/^.*\/|\.ts$/g, '')).join(', ')}`);

const packages = {
  '@stryker-mutator/core': '9.4.0',
  '@stryker-mutator/vitest-runner': '9.4.0',
  typescript: '5.9.3',
};
const folder = join(cacheFolder, 'mutation');
const copy = join(folder, 'copy');
const report = join(copy, 'mutation.json');

await installPackages();
await oneAtATime('mutation', async () => {
  await installStryker();
  copySources();
  const scores = [];
  for (const [file, test = basename(file, '.ts')] of chosen) scores.push(...(await mutate(file, test)));
  process.stdout.write(`\n${mutationTable(scores)}\n`);
  process.exitCode = scores.length === chosen.length && scores.every(killsEnough) ? 0 : 1;
});

async function installStryker() {
  const manifest = JSON.stringify({ private: true, dependencies: packages });
  const file = join(folder, 'package.json');
  const mark = join(folder, 'node_modules/.installed');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== manifest) {
    say('Installing StrykerJS');
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, manifest);
    const args = ['install', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code } = await runNpm(args, { cwd: folder, progress: true });
    if (code !== 0) giveUp('StrykerJS could not be installed. Is the npm registry reachable?');
    writeFileSync(mark, manifest);
  }
  // StrykerJS must use the same Vitest as the tests.
  const vitest = join(folder, 'node_modules/vitest');
  rmSync(vitest, { recursive: true, force: true });
  symlinkSync(join(repository, 'node_modules/vitest'), vitest, 'junction');
}

function copySources() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const part of ['src-main', 'src-shared', 'src-renderer', 'test', 'package.json', 'tsconfig.json'])
    cpSync(join(repository, part), join(copy, part), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'), 'junction');
}

async function mutate(file, test) {
  say(`Mutating ${file}`);
  const include = JSON.stringify([`test/unit/${dirname(file)}/${test}.test.ts`]);
  writeFileSync(
    join(copy, 'vitest.config.ts'),
    `export default { test: { include: ${include}, testTimeout: 60_000, sequence: { shuffle: false } } };\n`,
  );
  const stryker = {
    testRunner: 'vitest',
    plugins: [join(folder, 'node_modules/@stryker-mutator/vitest-runner/dist/src/index.js')],
    mutate: [file],
    concurrency: 1,
    coverageAnalysis: 'perTest',
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    tempDirName: 's',
    allowEmpty: false,
    vitest: { configFile: 'vitest.config.ts', related: false },
  };
  writeFileSync(join(copy, 'stryker.config.json'), JSON.stringify(stryker));
  rmSync(report, { force: true });
  const script = join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  await run(process.execPath, [script, 'run', 'stryker.config.json'], {
    cwd: copy,
    env: chosenEnvironment(),
    progress: true,
  });
  if (!existsSync(report)) say(`No score for ${file}: why stands above`);
  return existsSync(report) ? scoresOf(JSON.parse(readFileSync(report, 'utf8'))) : [];
}
