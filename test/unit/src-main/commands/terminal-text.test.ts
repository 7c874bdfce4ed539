import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rows, widthOf, wrapped } from '../../../../src-main/commands/terminal-text.ts';
import { shownJson, shownText } from '../../../../src-shared/text/shown-text.ts';

/** Characters that a terminal acts on. */
const obeyed = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('text for a terminal', () => {
  test('is wrapped, and indented below its prefix', () => {
    expect(wrapped('one two three four', 12, ' - ')).toEqual([' - one two', '   three', '   four']);
    expect(wrapped('', 20, 'a ')).toEqual(['a']);
  });

  test('never splits a link', () => {
    const link = `https://auth.example.com/${'x'.repeat(90)}`;
    expect(wrapped(`Open ${link} now`, 40)).toEqual(['Open', link, 'now']);
    expect(rows([['Link', link]], 80)).toEqual(['  Link', `    ${link}`]);
  });

  test('counts wide characters as two columns', () => {
    expect(widthOf('店舗 14')).toBe(7);
    expect(widthOf('e\u0301')).toBe(1);
    expect(
      rows(
        [
          ['店舗', 'x'],
          ['Name', 'y'],
        ],
        80,
      ),
    ).toEqual(['  店舗  x', '  Name  y']);
  });

  test('contains no characters that control the terminal or the direction of text', () => {
    expect(wrapped('a\u001B[2Jb\u009Bc\u202Ed\u2028e\r\nf', 80)).toEqual(['a [2Jb cd e f']);
    const said = JSON.parse(shownJson({ name: 'a\u009B31m\u007F\u202E\u2028' })) as { name: string };
    expect(said.name).toBe('a\u009B31m\u007F\u202E\u2028');
    expect(shownJson({ name: 'a\u001B\u009B31m\u007F\u202E\u2028😀' })).not.toMatch(obeyed);
  });

  test('loses nothing, fits unless one word is too wide, and contains no control characters, for 1,000 texts', () => {
    const text = fc
      .array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 30 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 80 }), (paragraph, width) => {
        const lines = wrapped(paragraph, width, '  ');
        expect(lines.join('\n').replaceAll('\n', '')).not.toMatch(obeyed);
        for (const line of lines) expect(widthOf(line) <= width || !line.trim().includes(' ')).toBe(true);
        expect(lines.join(' ').split(' ').filter(Boolean)).toEqual(shownText(paragraph).split(' ').filter(Boolean));
      }),
      { numRuns: 1_000 },
    );
  });
});
