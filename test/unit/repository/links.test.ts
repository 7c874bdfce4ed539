import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksOf, pages, repository, textOf } from './markdown.ts';

const all = pages();
const links = all.flatMap((path) => linksOf(textOf(path)).map((target) => ({ path, target })));

/** What is wrong with a link. Null if it leads to something. */
function wrongWith(path: string, target: string): string | null {
  if (/^https?:/.test(target)) return URL.canParse(target) ? null : 'is no address';
  const [file = '', anchor] = target.split('#');
  const place = file ? normalize(join(dirname(path), file)) : path;
  if (place.startsWith('..')) return 'leads out of the repository';
  if (!existsSync(join(repository, place))) return 'leads to nothing';
  if (anchor === undefined) return null;
  return place.endsWith('.md') && anchorsOf(textOf(place)).has(anchor) ? null : 'leads to no heading';
}

describe(`the ${all.length} pages of text`, () => {
  it(`have ${links.length} links and pictures that lead to something`, () => {
    const wrong = links.map(({ path, target }) => ({ path, target, wrong: wrongWith(path, target) }));
    expect(wrong.filter((link) => link.wrong !== null)).toEqual([]);
    expect(links.length).toBeGreaterThan(30);
  });

  it('can all be reached from README.md by links', () => {
    const found = new Set(['README.md']);
    for (const path of found) {
      for (const target of linksOf(textOf(path))) {
        const [file = ''] = target.split('#');
        const place = normalize(join(dirname(path), file));
        if (all.includes(place)) found.add(place);
      }
    }
    expect([...found].toSorted()).toEqual([...all].toSorted());
  });

  it('are checked by code that finds a missing file, a missing heading and a link out of the repository', () => {
    expect(wrongWith('README.md', 'src-main/nothing.ts')).toBe('leads to nothing');
    expect(wrongWith('src-main/README.md', '../README.md#no-such-heading')).toBe('leads to no heading');
    expect(wrongWith('src-main/README.md', '../../elsewhere/README.md')).toBe('leads out of the repository');
    expect(wrongWith('README.md', '#two-commands')).toBeNull();
    expect(linksOf('[a](b.md) ![c](d.png)\n```\n[e](f.md)\n```\n`[g](h.md)`')).toEqual(['b.md', 'd.png']);
    expect([...anchorsOf('# `notify.json`: it\n## A – B\n## A – B\n```\n# no\n```')]).toEqual([
      'notifyjson-it',
      'a--b',
      'a--b-1',
    ]);
  });
});
