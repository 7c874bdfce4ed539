import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './repository.mjs';

const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
/** The npm commands that do their own set-up. */
const commands = Object.entries(scripts).flatMap(([name, line]) => {
  const script = /^node (test\/set-up\/\S+\.mjs)/.exec(line)?.[1];
  return script ? [[name, join(repository, script)]] : [];
});

/** The packages that a module and everything it imports need before the module's first line runs. */
function packagesOf(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  // Imports inside a template are written to another file; they are not imports of this module.
  const code = readFileSync(file, 'utf8').replaceAll(/`[^`]*`/g, '');
  return [...code.matchAll(/^(?:import|export)\b[^'"();]*['"]([^'"]+)['"]/gm)].flatMap(([, specifier]) => {
    if (specifier.startsWith('node:')) return [];
    return specifier.startsWith('.') ? packagesOf(join(dirname(file), specifier), seen) : [`${specifier} in ${file}`];
  });
}

describe('on a fresh machine, before any package is installed', () => {
  it('the two commands of the README are among those that are checked', () => {
    expect(commands.map(([name]) => name)).toEqual(expect.arrayContaining(['demo', 'test', 'e2e', 'bench', 'console']));
  });

  it.each(commands)('npm run %s starts without one', (_name, file) => {
    expect(packagesOf(file)).toEqual([]);
  });
});
