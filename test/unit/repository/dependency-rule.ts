import { dirname, join, normalize } from 'node:path/posix';

/** One source file as the rule sees it: its path in the repository and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Each layer may import the layers after it, and files of its own layer that are in the same folder. */
export const layers: readonly (readonly string[])[] = [
  ['src-main/main.ts'],
  ['src-main/compose.ts'],
  ['src-main/compose/'],
  ['src-main/start/'],
  ['src-main/desktop/'],
  ['src-main/ipc/', 'src-main/commands/'],
  ['src-main/local-api/', 'src-main/pairing/', 'src-main/adapters/'],
  ['src-main/files/'],
  ['src-main/diagnostics/'],
  ['src-main/preflight/', 'src-main/board/'],
  ['src-main/servers/'],
  ['src-main/acquisition/', 'src-main/refresh/', 'src-main/peers/', 'src-main/history/', 'src-main/notifications/'],
  ['src-main/license/'],
  ['src-main/tokens/', 'src-main/time/', 'src-main/keychain/'],
  ['src-main/authorization/'],
  ['src-main/changes.ts'],
  ['src-main/ports/'],
  ['src-shared/'],
];

/** Domain folders: effects come to them as arguments. */
const domain = [
  'src-shared/',
  'src-main/changes.ts',
  'src-main/ports/',
  'src-main/authorization/',
  'src-main/license/',
  'src-main/acquisition/',
  'src-main/refresh/',
  'src-main/peers/',
  'src-main/history/',
  'src-main/notifications/',
  'src-main/servers/',
  'src-main/preflight/',
  'src-main/diagnostics/',
  'src-main/board/',
  'src-main/tokens/',
  'src-main/time/',
  'src-main/keychain/',
];
/** What a folder may import from packages. A name that ends with `/` includes everything below it. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'src-shared/': ['zod/', 'uqr'],
  'src-main/changes.ts': [],
  'src-main/ports/': [],
  'src-main/authorization/': ['zod/', 'oauth4webapi', 'jose'],
  'src-main/tokens/': ['zod/', 'jose', 'luxon'],
  'src-main/time/': [],
  'src-main/keychain/': ['zod/'],
  'src-main/license/': ['zod/', 'jose', 'ical-generator'],
  'src-main/acquisition/': [],
  'src-main/refresh/': [],
  'src-main/peers/': ['zod/', 'jose'],
  'src-main/history/': ['zod/'],
  'src-main/notifications/': ['zod/'],
  'src-main/servers/': ['zod/'],
  'src-main/preflight/': [],
  'src-main/diagnostics/': ['fflate/browser'],
  'src-main/board/': ['zod/'],
  'src-main/preload.ts': ['electron'],
  'src-renderer/': ['react', 'react/', 'react-dom/', 'react-resizable-panels'],
};

const effects: readonly [string, RegExp][] = [
  ['Date.now()', /\bDate\s*\.\s*now\b/],
  ['new Date() without argument', /\bnew\s+Date\s*(\(\s*\)|[^\s(\w])/],
  ['DateTime.now()', /\bDateTime\s*\.\s*(now|utc|local)\s*\(\s*\)/],
  ['Math.random()', /\bMath\s*\.\s*random\b/],
  ['performance', /\bperformance\s*\./],
  ['a timer', /(?<![.\w])(setTimeout|setInterval|setImmediate)\b/],
  ['global fetch', /(?<![.\w])fetch\s*\(/],
  ['the global object', /\bglobalThis\b/],
  ['process', /(?<![.\w])process\s*\./],
  ['console', /(?<![.\w-])console\s*\.\s*(log|warn|error|info|debug)\b/],
];
const pageGlobals = /(?<![.\w'"$])(window|document|navigator|localStorage|sessionStorage|location)\s*\./;
const bannedName = /(^|[-./])(utils?|helpers?|manager|common|misc)([-./]|$)/i;

export interface Import {
  readonly specifier: string;
  /** `import('…')`: loaded only when it runs. */
  readonly dynamic: boolean;
}

/** Every module that a source text names: static, type-only, re-exported, for its effects, and dynamic. */
export function importsOf(text: string): readonly Import[] {
  const code = withoutComments(text);
  const found = (pattern: RegExp, dynamic: boolean): Import[] =>
    [...code.matchAll(pattern)].map(([, specifier]) => ({ specifier: specifier ?? '', dynamic }));
  return [
    ...found(/(?:^|[;}\n])\s*(?:import|export)\b(?:[^'"`;()]*?\bfrom)?\s*['"]([^'"]+)['"]/g, false),
    ...found(/\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g, true),
    ...found(/\brequire\s*\(\s*['"`]([^'"`]+)['"`]/g, false),
  ];
}

/** The repository path that an import leads to, or null if it leads to a package. */
export function targetOf(file: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  return normalize(join(dirname(file), specifier.replace(/\?.*$/, '')));
}

/** The violations of the rule, as sentences. None for a good file. */
export function violationsOf({ path, text }: SourceFile): readonly string[] {
  return [
    ...(bannedName.test(path) ? [`${path}: banned name`] : []),
    ...importsOf(text).flatMap(({ specifier }) => importViolation(path, specifier)),
    ...effectViolations(path, text),
  ];
}

function importViolation(path: string, specifier: string): string[] {
  const refused = [`${path} imports ${specifier}`];
  const target = targetOf(path, specifier);
  if (target === null) return mayUsePackage(path, specifier) ? [] : refused;
  if (path.startsWith('src-renderer/')) return /^src-(renderer|shared)\//.test(target) ? [] : refused;
  if (path === 'src-main/preload.ts') return target.startsWith('src-shared/') ? [] : refused;
  if (target.startsWith('src-main/adapters/') && !mayChooseAdapters(path)) return refused;
  const [from, to] = [layerOf(path), layerOf(target)];
  if (from === -1 || to === -1 || to < from) return refused;
  return to > from || mayBeNeighbours(path, target) ? [] : refused;
}

/** Adapters meet services in one place. A start uses some before there are services, to find out who else runs. */
function mayChooseAdapters(path: string): boolean {
  return /^src-main\/(main\.ts|compose\.ts|compose\/|start\/|adapters\/)/.test(path);
}

function mayUsePackage(path: string, specifier: string): boolean {
  const folder = Object.keys(packages).find((prefix) => path.startsWith(prefix));
  if (folder === undefined) return true;
  return (packages[folder] ?? []).some((name) =>
    name.endsWith('/') ? specifier.startsWith(name) || specifier === name.slice(0, -1) : specifier === name,
  );
}

function layerOf(path: string): number {
  return layers.findIndex((layer) => layer.some((prefix) => path.startsWith(prefix)));
}

/** Within a layer a folder keeps to itself. `src-shared` is one folder. */
function mayBeNeighbours(path: string, target: string): boolean {
  const folderOf = (file: string) =>
    file
      .split('/')
      .slice(0, file.startsWith('src-shared/') ? 1 : 2)
      .join('/');
  return folderOf(path) === folderOf(target);
}

function effectViolations(path: string, text: string): string[] {
  if (!domain.some((prefix) => path.startsWith(prefix))) return [];
  const code = withoutComments(text);
  const found = effects.filter(([, pattern]) => pattern.test(code)).map(([name]) => `${path} uses ${name}`);
  // Elsewhere `document` is what was read from disk or from an answer.
  return path.startsWith('src-shared/') && pageGlobals.test(withoutStrings(code))
    ? [...found, `${path} uses a global of the page`]
    : found;
}

/** Every cycle of static imports of code (types are erased), as the files in it. */
export function cyclesIn(files: readonly SourceFile[]): readonly string[] {
  const graph = new Map(
    files.map(({ path, text }) => [
      path,
      importsOf(text)
        .filter(({ dynamic }) => !dynamic)
        .map(({ specifier }) => targetOf(path, specifier))
        .filter((target) => target !== null),
    ]),
  );
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) {
      cycles.push([...trail.slice(start), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}

/** The constants that a function body uses above their declaration, as `name` at the first such use. */
export function forwardReferencesIn(body: string): readonly string[] {
  const code = withoutStrings(withoutComments(body));
  const declared = [...code.matchAll(/^ {2}const (\w+|\{[^}]*\})/gm)].flatMap(({ 1: names = '', index }) =>
    [...names.matchAll(/(?:\w+\s*:\s*)?(\w+)/g)].map(({ 1: name = '' }) => ({ name, index })),
  );
  return declared
    .filter(({ name, index }) => {
      // A use: not a member of an object, not the name of a member, and not the end of an earlier declaration.
      const use = code.search(new RegExp(`(?<![\\w.#])${name}\\b(?!\\s*:)`));
      return use !== -1 && use < index;
    })
    .map(({ name }) => name);
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/(^|[^:'"`\\])\/\/[^\n]*/g, '$1');
}

function withoutStrings(code: string): string {
  return code.replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g, "''");
}
