import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from './markdown.ts';

/** Words at which a native reader stops, and what to write in their place. */
const stumbles: readonly (readonly [RegExp, string])[] = [
  [/\banew\b/i, 'again'],
  [/\bfor good\b/i, 'permanently, or for ever'],
  [/\bhence|thereof|whence|herein|thereby\b/i, 'a sentence of its own'],
  [/\b(?:is|are|was|were|be) said\b/i, 'who says it, or what is shown'],
  [/\btold of\b/i, 'reported, or shown'],
  [/\bheard of\b/i, 'known, or reported'],
  [/\bhold up\b/i, 'delay'],
  [/\bwho(?:m)?ever\b/i, 'the person who, or the caller'],
  [/\bwithout a word\b/i, 'silently'],
  [/\bnobody of\b/i, 'none of'],
  [/\bthe seed\b/i, 'the page of the vendor'],
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

function stumblesIn(source: string): readonly string[] {
  return commentsOf(source).flatMap(([line, comment]) =>
    stumbles.flatMap(([word, better]) => {
      const found = word.exec(comment);
      return found ? [`${line}: “${found[0]}”. Write: ${better}`] : [];
    }),
  );
}

describe('texts of the screen and the terminal are plain English', () => {
  it.each(sources.filter((path) => path.startsWith('src-shared/words/')))('%s', (path) => {
    const texts = readFileSync(join(repository, path), 'utf8').replaceAll(/^/gm, '// ');
    expect(stumblesIn(texts)).toEqual([]);
  });
});

describe('comments are plain English', () => {
  it(`in ${sources.length} sources`, () => {
    const found = sources.flatMap((path) =>
      stumblesIn(readFileSync(join(repository, path), 'utf8')).map((each) => `${path}:${each}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['/** Asked anew. */', 1],
    ['const a = 1; // It is said to whoever asks.', 2],
    [" * What was said, is kept for good: 'x'.", 2],
    ["const text = 'asked anew';", 0],
    ['// A plain sentence.', 0],
  ])('%s', (source, count) => {
    expect(stumblesIn(source)).toHaveLength(count);
  });
});
