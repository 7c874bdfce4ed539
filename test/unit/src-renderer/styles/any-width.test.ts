import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../../../src-renderer/styles');
const files = readdirSync(folder).filter((name) => name.endsWith('.css'));

/** Every rule without a rule inside: its selector and what it sets. */
function rulesOf(file: string): readonly (readonly [string, string])[] {
  const text = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => [selector.trim(), body]);
}

describe('the style sheets, which must work with any font and with longer words', () => {
  it.each(files)('name the columns of each grid, since an implicit column grows with its longest text: %s', (file) => {
    const grids = rulesOf(file).filter(([, body]) => /(^|\s)display:\s*grid/.test(body));
    const implicit = grids.filter(([, body]) => !/grid-template(-columns)?:/.test(body)).map(([selector]) => selector);
    // The first names its columns by the split that it was painted with; the others are as wide as their content.
    const meant = ['.workspace', '.peer-when', '.step-mark'];
    expect(implicit.filter((selector) => !meant.includes(selector))).toEqual([]);
  });

  it.each(files)('let no text widen a column that takes the remaining space: %s', (file) => {
    const columns = rulesOf(file).flatMap(([selector, body]) =>
      [...body.matchAll(/grid-template(?:-columns)?:([^;]*)/g)].map(([, value = '']) => [selector, value] as const),
    );
    const held = columns.filter(([, value]) => /fr\b/.test(value.replaceAll(/minmax\(0, [\d.]+fr\)/g, '')));
    expect(held.filter(([selector]) => !selector.startsWith('.workspace[data-split='))).toEqual([]);
  });
});
