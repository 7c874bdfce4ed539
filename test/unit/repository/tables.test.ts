import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { administratorNoticeFile } from '../../../src-main/adapters/desktop/administrator-notice.ts';
import { supportContactFile } from '../../../src-main/adapters/desktop/support-contact.ts';
import { type Entry, lineOf } from '../../../src-main/adapters/disk/structured-log.ts';
import { commandNames } from '../../../src-main/commands/command-table.ts';
import { profileOptions, settingOf } from '../../../src-main/commands/profile-options.ts';
import { exitCodes } from '../../../src-main/commands/exit-codes.ts';
import { endpoints } from '../../../src-main/local-api/wire/endpoints.ts';
import { logAreas } from '../../../src-main/ports/log.ts';
import { problemStatuses } from '../../../src-main/local-api/wire/problem.ts';
import { alertCauses } from '../../../src-shared/notifications/alert.ts';
import { clientPermissions } from '../../../src-shared/registers/local-api-view.ts';
import { peerReasons } from '../../../src-shared/registers/peer-verdict.ts';
import { words } from '../../../src-shared/words/words.ts';
import { terminalWords } from '../../../src-shared/words/terminal-words.ts';
import { codesIn, pages, repository, tableOf, textOf } from './markdown.ts';

const sorted = (texts: Iterable<string>): readonly string[] => [...texts].toSorted();
const firstCodes = (rows: readonly (readonly string[])[]): readonly string[] =>
  rows.flatMap(([first = '']) => codesIn(first));

describe('the guide to the commands', () => {
  const guide = textOf('src-main/commands/README.md');

  it('lists the commands in the order of the help', () => {
    expect(firstCodes(tableOf(guide, 'command'))).toEqual([...commandNames]);
  });

  it('lists the settings of a server, each with its option', () => {
    expect(firstCodes(tableOf(guide, 'option'))).toEqual(profileOptions.map((option) => `--${option}`));
    for (const row of tableOf(guide, 'option')) {
      const option = codesIn(row[0] ?? '')[0]?.slice(2) as (typeof profileOptions)[number];
      expect(row[1]).toContain(words.profileForm[settingOf[option]]);
    }
  });

  it('lists the exit codes in the words of the help', () => {
    const rows = tableOf(guide, 'exit code').map(([code, meaning]) => [Number(code), meaning]);
    expect(rows).toEqual(terminalWords.help.exitCodeMeanings);
    expect(rows.map(([code]) => code)).toEqual(Object.values(exitCodes));
  });
});

describe('the guide to the local license API', () => {
  const guide = textOf('src-main/local-api/README.md');

  it('lists the calls, each with the permission that a client needs', () => {
    const said = tableOf(guide, 'call').map(([call = '', may = '']) => `${codesIn(call)[0]} ${codesIn(may)[0] ?? may}`);
    const words = { open: '–', any_client: 'any' } as Readonly<Record<string, string>>;
    const all = Object.values(endpoints).map(
      ({ method, path, access }) => `${method} ${path} ${words[access] ?? access}`,
    );
    expect(sorted(said)).toEqual(sorted(all));
    for (const permission of clientPermissions) expect(guide).toContain(`\`${permission}\``);
  });

  it('lists the reasons for a refusal in the order in which they are found', () => {
    expect(firstCodes(tableOf(guide, 'reason'))).toEqual([...peerReasons]);
  });

  it('lists the codes of problems, each with its status', () => {
    const said = tableOf(guide, 'code').flatMap(([codes = '', status = '']) =>
      codesIn(codes).map((code) => `${code} ${status}`),
    );
    const all = Object.entries(problemStatuses).map(([code, status]) => `${code} ${status}`);
    expect(sorted(said)).toEqual(sorted(all));
  });

  it('lists the codes of the client itself', () => {
    const sources = [
      'license-client.ts',
      ...readdirSync(join(repository, 'src-main/local-api/client')).map((name) => `client/${name}`),
    ];
    const thrown = sources.flatMap((name) =>
      [...textOf(`src-main/local-api/${name}`).matchAll(/new LicenseApiError\(\s*'([a-z_]+)'/g)].map(
        ([, code = '']) => code,
      ),
    );
    expect(sorted(firstCodes(tableOf(guide, 'code', 1)))).toEqual(sorted(new Set(thrown)));
  });
});

describe('the guide for administrators', () => {
  const guide = textOf('src-main/notifications/README.md');

  it('lists the events', () => {
    expect(firstCodes(tableOf(guide, 'event'))).toEqual([...alertCauses, 'back_to_normal']);
  });

  it('lists the place of the file on each system', () => {
    const env = { CommonProgramFiles: '%CommonProgramFiles%' };
    const files = (['win32', 'darwin', 'linux'] as const).map((platform) => administratorNoticeFile(platform, env));
    expect(firstCodes(tableOf(guide, 'system'))).toEqual([]);
    expect(tableOf(guide, 'system').map(([, file = '']) => codesIn(file)[0])).toEqual(files);
  });
});

describe('the first page', () => {
  it('lists the place of the file with the support contact on each system', () => {
    const env = { CommonProgramFiles: '%CommonProgramFiles%' };
    const files = (['win32', 'darwin', 'linux'] as const).map((platform) => supportContactFile(platform, env));
    expect(tableOf(textOf('README.md'), 'system').map(([, file = '']) => codesIn(file)[0])).toEqual(files);
  });
});

describe('the guides to the repository', () => {
  it.each(['src-main', 'src-renderer', 'src-shared'])('list all folders and files of %s', (folder) => {
    const [tree = ''] = /```\n([\s\S]*?)```/.exec(textOf(`${folder}/README.md`))?.slice(1) ?? [];
    const named = [...tree.matchAll(/^(\S+?)\/? +\S/gm)].map(([, name = '']) => name);
    const there = readdirSync(join(repository, folder)).filter((name) => name !== 'README.md');
    expect(sorted(named)).toEqual(sorted(there));
  });

  it('list the folders of the tests', () => {
    const [tree = ''] = /```\n([\s\S]*?)```/.exec(textOf('test/README.md'))?.slice(1) ?? [];
    const named = [...tree.matchAll(/^(\S+)\/ /gm)].map(([, name = '']) => name);
    const there = readdirSync(join(repository, 'test')).filter((name) => name !== 'README.md');
    expect(sorted(named)).toEqual(sorted(there));
  });

  it('explain every npm script, and name no other', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const texts = pages().map(textOf).join('\n');
    const said = [...texts.matchAll(/npm (?:run (?:--silent )?)?([a-z][a-z0-9:-]*)/g)].map(([, name = '']) => name);
    const named = new Set(said.filter((name) => name !== 'install' && name !== 'run'));
    expect(sorted(named)).toEqual(sorted(Object.keys(scripts)));
  });

  it('name only test files that exist', () => {
    const files = pages().flatMap((path) => [...textOf(path).matchAll(/(?:e2e -- |--config )(test\/\S+?\.ts)/g)]);
    expect(files.length).toBeGreaterThan(1);
    for (const [, file = ''] of files) expect(existsSync(join(repository, file)), file).toBe(true);
  });
});

it('the guide to the log lists its areas, and lines as the console writes them', () => {
  const guide = textOf('src-main/README.md');
  expect(firstCodes(tableOf(guide, 'area'))).toEqual([...logAreas]);
  const [example = ''] = /```json\n(.*?)```/s.exec(guide)?.slice(1) ?? [];
  const lines = example
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { time: string } & Entry['fields']);
  const [first, last] = lines.map(
    ({ time, level, area, event, ...fields }) => ({ at: Date.parse(time), level, area, event, fields }) as Entry,
  );
  for (const [nth, entry] of [first, last].entries())
    expect(entry && { ...lineOf(entry), run: '9c41f0aa' }).toEqual(lines[nth]);
});

describe('the table of what a page in the Authorization pane cannot do', () => {
  const rows = tableOf(textOf('src-main/README.md'), 'a page cannot');
  const files = ['test/console', 'test/unit/src-main/desktop/authorization-pane'].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(spec|test)\.ts$/.test(name))
      .map((name) => readFileSync(join(repository, folder, name), 'utf8')),
  );

  it.each(rows.map(([cannot = '', , title = '']) => [cannot, codesIn(title)[0] ?? '']))(
    'names a test that exists for: %s',
    (_cannot, title) => {
      expect(title).not.toBe('');
      const titled = ['test', 'it'].map((call) => `${call}('${title}'`);
      expect(files.some((text) => titled.some((start) => text.includes(start)))).toBe(true);
    },
  );

  it('names every test of pane-contained.spec.ts', () => {
    const spec = readFileSync(join(repository, 'test/console/pane-contained.spec.ts'), 'utf8');
    const titles = [...spec.matchAll(/^ {2}test\('([^']+)'/gm)].map(([, title = '']) => title);
    expect(titles.length).toBeGreaterThan(10);
    const listed = rows.map(([, , title = '']) => codesIn(title)[0]);
    expect(titles.filter((title) => !listed.includes(title))).toEqual([]);
  });
});
