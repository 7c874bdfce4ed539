import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chosenEnvironment } from './chosen-environment.mjs';
import { repository } from './repository.mjs';
import { run } from './run.mjs';

/** The tools that the packages brought, each with the package that it comes in. */
const packageOf = {
  biome: '@biomejs/biome',
  'electron-builder': 'electron-builder',
  'electron-fuses': '@electron/fuses',
  'electron-vite': 'electron-vite',
  oxlint: 'oxlint',
  playwright: '@playwright/test',
  tsc: 'typescript',
  tsx: 'tsx',
  vitest: 'vitest',
};

/**
 * Runs a tool in the repository, with the Node.js that runs this: so it needs no shell, on Windows too. Its environment is the
 * chosen one.
 */
export function runTool(name, args, options = {}) {
  return run(process.execPath, [toolScript(name), ...args], { cwd: repository, env: chosenEnvironment(), ...options });
}

/** The path of a tool's script. */
export function toolScript(name) {
  const manifest = join(repository, 'node_modules', packageOf[name], 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[name]);
}

/** Runs npm: the one that started this, where one did. */
export function runNpm(args, options = {}) {
  const script = process.env.npm_execpath;
  return script?.endsWith('npm-cli.js') ? run(process.execPath, [script, ...args], options) : run('npm', args, options);
}
