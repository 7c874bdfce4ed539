import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages, repository, withoutCode } from './markdown.ts';

/** Words at which a native reader stops, and what to write in their place. */
const stumbles: readonly (readonly [string, string])[] = [
  ['anew', 'again'],
  ['any more', 'no longer'],
  ['became of', 'happened to'],
  ['becomes of', 'happens to'],
  ['been told', 'been notified, or know'],
  ['beside', 'next to'],
  ['by itself', 'automatically, alone, or on its own'],
  ['by themselves', 'automatically, or without help'],
  ['came of', 'the outcome'],
  ['comes of', 'the outcome'],
  ['counts for nothing', 'does not count'],
  ['for certain', 'always'],
  ['for good', 'permanently, or for ever'],
  ['hand on', 'send'],
  ['handed on', 'sent'],
  ['hence', 'so'],
  ['whence', 'from where'],
  ['thereof', 'of it'],
  ['thereby', 'by that'],
  ['is said', 'who says it, or what is shown'],
  ['are said', 'who says it, or what is shown'],
  ['was said', 'who says it, or what is shown'],
  ['be said', 'who says it, or what is shown'],
  ['is told', 'is notified, or learns'],
  ['are told', 'are notified, or learn'],
  ['told of', 'reported, or shown'],
  ['heard of', 'known, or reported'],
  ['hears of', 'learns of, or gets'],
  ['hold up', 'delay'],
  ['is no matter', 'does not matter'],
  ['mend', 'fix'],
  ['mended', 'fixed'],
  ['whoever', 'the person who, or the caller'],
  ['without a word', 'silently'],
  ['nobody of', 'none of'],
  ['sought', 'searched'],
  ['takes no file', 'cannot be written'],
  ['takes nothing', 'is full, or cannot be written'],
  ['the one before', 'the previous one'],
  ['the seed', 'the page of the vendor'],
  ['for long', 'for a long time'],
  ['gravest', 'most serious'],
  ['holds up', 'delays'],
  ['take long', 'take a long time'],
  ['takes long', 'takes a long time, or is slow'],
  ['taken for', 'mistaken for'],
  ['an own', 'its own'],
];

/** More of them, for the texts that people read. Comments may contain these words. */
const stumblesOnScreen: readonly (readonly [string, string])[] = [
  ['stands', 'is, or is listed'],
  ['not told', 'not notified'],
  ['who runs', 'the people who run'],
  ['all the same', 'anyway'],
  ['of itself', 'about itself'],
  ['made out for', 'issued for'],
  ['run out', 'expire'],
  ['runs out', 'expires'],
  ['ran out', 'expired'],
];

const product = ['src-main', 'src-renderer', 'src-shared'];
const sourcesIn = (folders: readonly string[]) =>
  folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:tsx?|mjs|cjs|css)$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
const sources = sourcesIn([...product, 'test']);

type Text = readonly [line: number, text: string];

/** The comments of a source, each with the line of its start. Consecutive lines are one text, so that no line end hides a word. */
function commentsOf(source: string): readonly Text[] {
  const found: [number, string][] = [];
  let last = 0;
  for (const [index, line] of source.split('\n').entries()) {
    const [comment] = /^\s*(?:\/\*|\*|\/\/).*|\s\/\/ .*/.exec(line) ?? [];
    if (comment === undefined) continue;
    const text = comment.replace(/^\s*(?:\/\*+|\*\/?|\/\/)/, '').trim();
    const block = found.at(-1);
    if (block && last === index) block[1] += ` ${text}`;
    else found.push([index + 1, text]);
    last = index + 1;
  }
  return found;
}

/** The titles in a test file, also those on the line after the parenthesis. */
function titlesOf(source: string): readonly Text[] {
  const titles = source.matchAll(/(?:\b(?:test|it|describe)|\))\(\s*(['"`].*)/g);
  return Array.from(titles, ({ index, 0: call, 1: title = '' }) => {
    const line = source.slice(0, index + call.length).split('\n').length;
    return [line, title] as const;
  });
}

/** What schemas say of the members of an answer, for programs. */
function descriptionsOf(source: string): readonly Text[] {
  const descriptions = source.matchAll(/\bz\.describe\(\s*(['"`].*)/g);
  return Array.from(
    descriptions,
    ({ index, 1: text = '' }) => [source.slice(0, index).split('\n').length, text] as const,
  );
}

/** The prose of a page, without what it quotes. */
const proseOf = (page: string): readonly Text[] =>
  withoutCode(page)
    .split(/\n\n|\n(?=[-|])/)
    .map((text, index) => [index + 1, text.replaceAll(/`[^`]*`/g, '')] as const);

function stumblesIn(texts: readonly Text[], words = stumbles): readonly string[] {
  return texts.flatMap(([line, text]) =>
    words.flatMap(([word, better]) => {
      const isThere = new RegExp(`\\b${word.replaceAll(' ', '\\s+')}\\b`, 'i').test(text);
      return isThere ? [`${line}: “${word}”. Write: ${better}`] : [];
    }),
  );
}

const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const stumblesOf = (paths: readonly string[], textsOf: (source: string) => readonly Text[]) =>
  paths.flatMap((path) => stumblesIn(textsOf(read(path))).map((each) => `${path}:${each}`));

describe('the texts of the screen and the terminal are plain English', () => {
  it.each(sources.filter((path) => path.startsWith('src-shared/words/')))('%s', (path) => {
    const texts = read(path)
      .split('\n')
      .map((line, index) => [index + 1, line] as const);
    expect(stumblesIn(texts, [...stumbles, ...stumblesOnScreen])).toEqual([]);
  });
});

describe('plain English', () => {
  // This file names the words.
  const others = sources.filter((path) => path !== 'test/unit/repository/plain-english.test.ts');

  it(`is in the comments of ${sources.length} sources`, () => {
    expect(stumblesOf(others, commentsOf)).toEqual([]);
  });

  it('is in the titles of the tests', () => {
    const tests = others.filter((path) => /\.(?:test|spec)\.(?:tsx?|mjs)$/.test(path));
    expect(tests.length).toBeGreaterThan(300);
    expect(stumblesOf(tests, titlesOf)).toEqual([]);
  });

  it('is in what schemas say of the members of answers', () => {
    expect(others.flatMap((path) => descriptionsOf(read(path))).length).toBeGreaterThan(15);
    expect(stumblesOf(others, descriptionsOf)).toEqual([]);
  });

  it('is in the guides', () => {
    expect(stumblesOf(pages(), proseOf)).toEqual([]);
  });

  it.each(stumbles)('“%s” is found in each kind of text, and not in code', (word) => {
    for (const comment of [`/** ${word} */`, ` * ${word},`, `// ${word}`, `const a = 1; // ${word}.`])
      expect(stumblesIn(commentsOf(comment)), comment).toHaveLength(1);
    expect(stumblesIn(commentsOf(` * ${word.replaceAll(' ', '\n * ')}`))).toHaveLength(1);
    for (const title of [
      `test('it ${word} so', () => {`,
      `  ])('${word}', () => {`,
      `  it(\`${word}\`, () => {`,
      `  it(\n    'may ${word} so',`,
    ])
      expect(stumblesIn(titlesOf(title)), title).toHaveLength(1);
    expect(stumblesIn(proseOf(`A page.\n\nIt ${word.replaceAll(' ', '\n')}.`))).toHaveLength(1);
    expect(stumblesIn(commentsOf(`const text = '${word}';`))).toEqual([]);
    expect(stumblesIn(commentsOf(`// x${word}x`))).toEqual([]);
  });
});
