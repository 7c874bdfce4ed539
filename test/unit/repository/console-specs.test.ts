import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../console');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.ts') && path !== 'watched-sandbox.ts',
);
const textOf = (path: string) => readFileSync(join(folder, path), 'utf8');

describe('the open grants are compared with the keychain after every console test', () => {
  const specs = files.filter((path) => path.endsWith('.spec.ts'));

  it.each(specs)('%s uses the test function that compares them', (path) => {
    expect(textOf(path)).toContain("from './console-test.ts'");
    expect(textOf(path)).not.toContain("from '@playwright/test'");
  });

  it('each test starts only watched sandbox servers', () => {
    const unwatched = files.filter((path) =>
      /import \{[^}]*startAuthorizationServer[^}]*\} from '[./]*authorization-server\//.test(textOf(path)),
    );
    expect(unwatched).toEqual([]);
    expect(specs.length).toBeGreaterThan(10);
  });
});
