import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '../../..');

/** Folders that contain none of this repository's own texts. */
const notOurs = new Set(['node_modules', 'out', 'dist', 'test-results']);

/** The path in the repository of every page of text that is in it. */
export function pages(folder = ''): readonly string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return notOurs.has(entry.name) || entry.name.startsWith('.') ? [] : pages(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

export function textOf(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

/** Without the blocks of code, in which nothing is a heading, a link or a table. */
export function withoutCode(text: string): string {
  return text.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '');
}

/** The anchors of the headings of a text, as GitHub makes them. A repeated one gets a number. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(text).matchAll(/^#{1,6} +(.+)$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '');
    const name = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = name;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${name}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The targets of the links and pictures of a text. */
export function linksOf(text: string): readonly string[] {
  const prose = withoutCode(text).replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
}

/** The table whose first column has this title, row by row, without its head. */
export function tableOf(text: string, title: string, nth = 0): readonly (readonly string[])[] {
  const lines = withoutCode(text).split('\n');
  const heads = lines.flatMap((line, place) => (cellsOf(line)[0] === title ? [place] : []));
  const start = heads[nth];
  if (start === undefined) throw new Error(`There is no table ${nth + 1} of "${title}"`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return (end === -1 ? rows : rows.slice(0, end)).map(cellsOf);
}

function cellsOf(line: string): readonly string[] {
  return line.startsWith('|')
    ? line
        .slice(1, line.lastIndexOf('|'))
        .split('|')
        .map((cell) => cell.trim())
    : [];
}

/** The texts between backticks in a cell. */
export function codesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}
