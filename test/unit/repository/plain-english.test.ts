import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './markdown.ts';

/** Words at which a native reader stops, and what to write in their place. */
const stumbles: readonly (readonly [string, string])[] = [
  ['anew', 'again'],
  ['for good', 'permanently, or for ever'],
  ['hence', 'so'],
  ['whence', 'from where'],
  ['thereof', 'of it'],
  ['thereby', 'by that'],
  ['is said', 'who says it, or what is shown'],
  ['are said', 'who says it, or what is shown'],
  ['was said', 'who says it, or what is shown'],
  ['be said', 'who says it, or what is shown'],
  ['told of', 'reported, or shown'],
  ['heard of', 'known, or reported'],
  ['hold up', 'delay'],
  ['whoever', 'the person who, or the caller'],
  ['without a word', 'silently'],
  ['nobody of', 'none of'],
  ['the seed', 'the page of the vendor'],
];

/** More of them, for the texts that people read. Comments may contain these words. */
const stumblesOnScreen: readonly (readonly [string, string])[] = [
  ['by itself', 'automatically'],
  ['by themselves', 'automatically'],
  ['beside', 'next to'],
  ['stands', 'is, or is listed'],
  ['is told', 'is notified'],
  ['not told', 'not notified'],
  ['who runs', 'the people who run'],
  ['all the same', 'anyway'],
  ['any more', 'no longer'],
  ['of itself', 'about itself'],
  ['made out for', 'issued for'],
  ['run out', 'expire'],
  ['runs out', 'expires'],
  ['ran out', 'expired'],
];

const sources = ['src-main', 'src-renderer', 'src-shared'].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:tsx?|css)$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

/** The lines of a source's comments, with their numbers. */
function commentsOf(source: string): readonly (readonly [number, string])[] {
  return source.split('\n').flatMap((line, index) => {
    const [comment] = /^\s*(?:\/\*|\*|\/\/).*|\s\/\/ .*/.exec(line) ?? [];
    return comment === undefined ? [] : [[index + 1, comment] as const];
  });
}

function stumblesIn(source: string, words = stumbles): readonly string[] {
  return commentsOf(source).flatMap(([line, comment]) =>
    words.flatMap(([word, better]) => {
      const isThere = new RegExp(`\\b${word}\\b`, 'i').test(comment);
      return isThere ? [`${line}: “${word}”. Write: ${better}`] : [];
    }),
  );
}

describe('the texts of the screen and the terminal are plain English', () => {
  it.each(sources.filter((path) => path.startsWith('src-shared/words/')))('%s', (path) => {
    const texts = readFileSync(join(repository, path), 'utf8').replaceAll(/^/gm, '// ');
    expect(stumblesIn(texts, [...stumbles, ...stumblesOnScreen])).toEqual([]);
  });
});

describe('the comments are plain English', () => {
  it(`in ${sources.length} sources`, () => {
    const found = sources.flatMap((path) =>
      stumblesIn(readFileSync(join(repository, path), 'utf8')).map((each) => `${path}:${each}`),
    );
    expect(found).toEqual([]);
  });

  it.each(stumbles)('“%s” is found in each kind of comment, and not in code', (word) => {
    for (const comment of [`/** ${word} */`, ` * ${word},`, `// ${word}`, `const a = 1; // ${word}.`])
      expect(stumblesIn(comment), comment).toHaveLength(1);
    expect(stumblesIn(`const text = '${word}';`)).toEqual([]);
    expect(stumblesIn(`// x${word}x`)).toEqual([]);
  });
});
