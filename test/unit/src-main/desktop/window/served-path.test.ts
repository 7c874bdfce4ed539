import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isServedPath } from '../../../../../src-main/desktop/window/served-path.ts';
import { said, tries } from '../../../../fakes/tries.ts';

const traversals = [
  '../../../etc/passwd',
  'assets/../index.html',
  'assets/../../main/main.js',
  'assets/..%2f..%2fmain.js',
  'assets/%2e%2e/%2e%2e/main.js',
  'assets/%252e%252e/main.js',
  'assets/..\\..\\main.js',
  'assets/..%5c..%5cmain.js',
  'assets/....//main.js',
  'assets/..;/main.js',
  'assets/a..js',
  'assets/.js',
  'assets/.env.js',
  'assets//index.js',
  'assets/sub/index.js',
  'assets/',
  'assets',
  'assets/index.js/',
  'assets/index.js%00.png',
  'assets/index.js\u0000',
  'assets/index.js\n',
  'assets/index.js?x=1',
  'assets/index.js#x',
  'assets/index.js.map',
  'assets/index.json',
  'assets/index.html',
  'assets/index.mjs',
  'assets/index.JS',
  'assets/ïndex.js',
  'assets/index .js',
  'assets/C:index.js',
  'assets/index.js::$DATA',
  '',
  'index.html/',
  'index.html?',
  'Index.html',
  'main/main.js',
  'preload/preload.cjs',
  '/etc/passwd',
  '//etc/passwd',
  'C:/Windows/win.ini',
  '%2fetc%2fpasswd',
  'package.json',
  '.vite/manifest.json',
];

describe('E5: the console’s own scheme', () => {
  it.each(['index.html', 'assets/index-C1a_B2.js', 'assets/index.css', 'assets/icon.svg', 'assets/icon.2x.png'])(
    'serves %s',
    (path) => {
      expect(isServedPath(`fusion-console://app/${path}`)).toBe(true);
    },
  );

  it.each(traversals)(`refuses %j, one of ${traversals.length} traversals`, (path) => {
    expect(isServedPath(`fusion-console://app/${path}`)).toBe(false);
  });

  it.each([
    'fusion-console://other/index.html',
    'fusion-console://app.evil/index.html',
    'fusion-console://user@app/index.html',
    'fusion-console://app:80/index.html',
    'fusion-console:/app/index.html',
    'FUSION-CONSOLE://app/index.html',
    'https://app/index.html',
    'file://app/index.html',
    'xfusion-console://app/index.html',
    '',
  ])('refuses another host or scheme: %j', (address) => {
    expect(isServedPath(address)).toBe(false);
  });

  it(`serves only plain names inside its folder, for ${said(2_000)} generated paths`, () => {
    const parts = fc.array(
      fc.constantFrom('assets', '/', '..', '.', '\\', '%2e', '%2f', 'index', '.js', '.html', 'a', '~', '?', '\u0000'),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(parts, (pieces) => {
        const path = pieces.join('');
        if (!isServedPath(`fusion-console://app/${path}`)) return;
        const resolved = new URL(`https://app/${path}`).pathname;
        expect(resolved).toMatch(/^\/(index\.html|assets\/[\w-][\w.-]*\.(js|css|svg|png))$/);
        expect(resolved).toBe(`/${path}`);
      }),
      { numRuns: tries(2_000) },
    );
  });
});
