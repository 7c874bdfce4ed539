import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './run.mjs';
import { chosenFont, fontEnvironment, testFonts } from './test-fonts.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'test-fonts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the font that tests run with', () => {
  it('is both fonts if none is chosen, otherwise the chosen one', () => {
    expect(chosenFont({})).toBeNull();
    expect(chosenFont({ FLC_FONT: 'narrow' })).toBe('narrow');
    expect(() => chosenFont({ FLC_FONT: 'toString' })).toThrow('wide, narrow');
  });

  it.runIf(process.platform === 'linux').each(Object.entries(testFonts))(
    '%s: a program sees only this family, even if it asks for another one',
    async (name, { family }) => {
      const env = { ...process.env, ...fontEnvironment(folder, { FLC_FONT: name }) };
      const seen = async (command, ...args) => (await run(command, args, { env, capture: true })).output.trim();
      expect(new Set((await seen('fc-list', ':', 'family')).split('\n'))).toEqual(new Set([family]));
      for (const asked of ['sans-serif', 'serif', 'monospace', 'system-ui', 'Segoe UI', 'DejaVu Sans', 'Noto Sans'])
        expect(await seen('fc-match', '--format=%{family}', asked)).toBe(family);
    },
  );
});
