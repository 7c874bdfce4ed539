import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers } from './dependency-rule.ts';
import { repository, textOf } from './markdown.ts';

const page = textOf('docs/architecture.md');

/** Every path of the repository that a text names, in a picture or in a sentence. */
function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\w./])(?:src-main|src-renderer|src-shared|test)\/(?:[\w./-]*[\w/])?/g)].map(
    ([path]) => path,
  );
}

/** The layers of a picture of the folders, from `main.ts` along the arrows. */
function layersIn(text: string): readonly (readonly string[])[] {
  const folders = new Map(
    [...text.matchAll(/\b(\w+)\["([^"]+)"\]/g)].map(([, id = '', label = '']) => [id, pathsIn(label)]),
  );
  const next = new Map(
    [...text.matchAll(/\b(\w+)(?:\[[^\]]*\])? --> (\w+)/g)].map(([, from = '', to = '']) => [from, to]),
  );
  const found: (readonly string[])[] = [];
  for (let id: string | undefined = 'main'; id !== undefined; id = next.get(id)) found.push(folders.get(id) ?? []);
  return found;
}

describe('the architecture page', () => {
  it('names only files and folders that exist', () => {
    const named = pathsIn(page);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
    expect(pathsIn('see `src-main/gone/`, src-main/a.ts.')).toEqual(['src-main/gone/', 'src-main/a.ts']);
  });

  it('shows the folders and the direction of imports as the rule has them', () => {
    expect(layersIn(page)).toEqual(layers);
  });

  it('has one picture of the folders and one of each flow', () => {
    expect(page.match(/^```mermaid\nflowchart/gm)).toHaveLength(1);
    expect(page.match(/^```mermaid\nsequenceDiagram/gm)).toHaveLength(3);
  });
});
