import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '../../..');
const unit = join(repository, 'test/unit');

/** Each folder in `test/unit`, and the sources that it mirrors. */
const mirrors: Readonly<Record<string, string>> = {
  'src-main': 'src-main',
  'src-renderer': 'src-renderer',
  'src-shared': 'src-shared',
  'authorization-server': 'test/authorization-server',
};

/** Tests of what several files of a folder do together. Each is named after that, with the reason why no file has its name. */
const behaviours: Readonly<Record<string, string>> = {
  'src-main/acquisition/other-device':
    'a license for another device, from its acquisition to the answer and to a refresh',
  'src-main/adapters/command-channel/command-channel': 'client and server of a command, over a real socket',
  'src-main/authorization/token-endpoint': 'both grants and the revocation get their answers in the same way',
  'src-main/commands/commands': 'each command as a person gives it',
  'src-main/commands/command-texts': 'the output of all commands, with texts from outside in it',
  'src-main/desktop/authorization-pane/pane-floods': 'pane, gate and guard against a page that sends too many events',
  'src-main/desktop/authorization-pane/pane-hangs': 'pane and health check against a page that hangs',
  'src-main/license/heard-dates': 'the dates in answers, up to the judgement of the license',
  'src-main/license/killed-process': 'a process that dies at any step of license, acquisition and refresh',
  'src-main/local-api/answers': 'every answer against its schema and the OpenAPI document',
  'src-main/local-api/built-license-client': 'the license client as it is built, in one file',
  'src-main/local-api/hostile-requests': 'requests that break HTTP or its limits',
  'src-main/local-api/license-client-events': 'client and server of the event stream',
  'src-main/local-api/local-api-address': 'where programs find the API, over starts and ends',
  'src-main/pairing/hostile': 'what a stranger or a paired server may try with the whole socket of a laptop',
  'src-main/refresh/any-trouble': 'random sequences of faults',
  'src-main/refresh/other-computer': 'one account on two computers',
  'src-main/refresh/outage': 'thousands of stores after an outage',
  'src-main/refresh/rotated-token': 'the rotated refresh token, from the answer to the keychain',
  'src-main/servers/kept-data': 'what the version before left on disk and in the keychain, read by all folders',
  'src-renderer/styles/any-width': 'a rule that every style sheet keeps',
};

/** The complaint about a test file that mirrors nothing, or null. `path` is in `test/unit`. */
function troubleWith(path: string): string | null {
  const exists = (source: string) => existsSync(join(repository, source));
  const [root = '', ...rest] = path.split('/');
  const source = [mirrors[root] ?? '', ...rest].join('/').replace(/\.test\.tsx?$/, '');
  const folder = source.slice(0, source.lastIndexOf('/'));
  if (!exists(folder)) return `${path}: there is no folder ${folder}`;
  if (path.replace(/\.test\.tsx?$/, '') in behaviours) return null;
  if (['.ts', '.tsx'].some((ending) => exists(source + ending))) return null;
  return `${path}: there is no ${source}.ts; name the test after a source of this folder, or add it to the table`;
}

describe('unit tests mirror the sources', () => {
  const tests = Object.keys(mirrors).flatMap((root) =>
    readdirSync(join(unit, root), { recursive: true, encoding: 'utf8' })
      .map((path) => `${root}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.test\.tsx?$/.test(path)),
  );

  it('each unit test is in the folder of a source and has its name, or is in the table of behaviours', () => {
    expect(tests.length).toBeGreaterThan(150);
    expect(tests.map((path) => troubleWith(path)).filter((trouble) => trouble !== null)).toEqual([]);
  });

  it('every behaviour in the table has a test', () => {
    const named = tests.map((path) => path.replace(/\.test\.tsx?$/, ''));
    expect(Object.keys(behaviours).filter((name) => !named.includes(name))).toEqual([]);
  });

  it('the files of the mutation tests have the tests that are named there', () => {
    const listed = readFileSync(join(repository, 'test/set-up/test-mutation.mjs'), 'utf8').matchAll(
      /\['(src-main\/.+)\/(.+)\.ts'(?:, '(.+)')?\]/g,
    );
    const named = [...listed].map(([, folder, name, other]) => `${folder}/${other ?? name}.test.ts`);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !tests.includes(path))).toEqual([]);
  });

  it('test/unit holds nothing else but the tests of the repository itself', () => {
    expect(readdirSync(unit).toSorted()).toEqual([...Object.keys(mirrors), 'repository'].toSorted());
  });

  it.each([
    ['in a folder that does not exist', 'src-main/gone/license-service.test.ts'],
    ['named after a source of another folder', 'src-main/refresh/license-service.test.ts'],
    ['named after a source that does not exist', 'src-main/license/gone.test.ts'],
    ['of a behaviour in another folder', 'src-main/license/outage.test.ts'],
    ['in a root folder that mirrors no sources', 'elsewhere/license-service.test.ts'],
  ])('a misplaced test is found: %s', (_name, path) => {
    expect(troubleWith(path)).not.toBeNull();
    expect(troubleWith('src-main/license/license-service.test.ts')).toBeNull();
  });
});
