import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cyclesIn,
  forwardReferencesIn,
  importsOf,
  layers,
  type SourceFile,
  targetOf,
  violationsOf,
} from './dependency-rule.ts';

const repository = join(import.meta.dirname, '../../..');
const sources: readonly SourceFile[] = ['src-main', 'src-shared', 'src-renderer'].flatMap((folder) =>
  readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') })),
);
const imports = sources.flatMap(({ path, text }) => importsOf(text).map((named) => ({ path, ...named })));

describe(`the ${imports.length} imports of ${sources.length} source files`, () => {
  it('go one way: each folder imports only from folders to its right', () => {
    expect(sources.flatMap(violationsOf)).toEqual([]);
  });

  it('have no cycle', () => {
    expect(cyclesIn(sources)).toEqual([]);
  });

  it('the composition reads from top to bottom: nothing is used above its declaration', () => {
    const compose = sources.find(({ path }) => path === 'src-main/compose.ts')?.text ?? '';
    const body = compose.slice(compose.indexOf('export function composeConsole(')).split('\n}\n')[0] ?? '';
    expect(body.match(/^ {2}const /gm)?.length).toBeGreaterThan(15);
    expect(forwardReferencesIn(body)).toEqual([]);
    const folders = sources.filter(({ path }) => path.startsWith('src-main/compose/'));
    const bodies = folders.flatMap(({ text }) => text.split(/^export function /m).slice(1));
    expect(bodies.length).toBeGreaterThan(4);
    expect(bodies.flatMap(forwardReferencesIn)).toEqual([]);
  });

  it('all lead to a file that exists', () => {
    const paths = new Set(sources.map(({ path }) => path));
    const lost = imports
      .map(({ path, specifier }) => targetOf(path, specifier))
      .filter((target) => target !== null && /\.tsx?$/.test(target) && !paths.has(target));
    expect(lost).toEqual([]);
  });

  it('are checked in every folder that the rule names', () => {
    for (const folder of layers.flat())
      expect(
        sources.some(({ path }) => path.startsWith(folder)),
        folder,
      ).toBe(true);
    expect(imports.length).toBeGreaterThan(300);
  });
});

describe('a module that is loaded only when it is needed', () => {
  it('is the server of the local license API, imported dynamically in one place', () => {
    const loaded = loadedAtStart();
    expect(loaded.length).toBeGreaterThan(100);
    expect(
      loaded.filter((name) => /(open-api|openapi-document|api-server|api-routes|listener)\.ts/.test(name)),
    ).toEqual([]);
    const users = sources.filter(({ text }) => text.includes("import('./open-api.ts')"));
    expect(users.map(({ path }) => path)).toEqual(['src-main/local-api/local-api.ts']);
  });

  it('is the proxy of the Authorization pane, imported dynamically in one place', () => {
    const parts = /pane-proxy\/(pane-proxy|reach|upstream|system-proxies|net-error)\.ts/;
    expect(loadedAtStart().filter((name) => parts.test(name))).toEqual([]);
    const users = sources.filter(({ text }) => text.includes("import('./pane-proxy.ts')"));
    expect(users.map(({ path }) => path)).toEqual([
      'src-main/desktop/authorization-pane/pane-proxy/pane-connection.ts',
    ]);
  });

  it('is what collects the diagnostics', () => {
    const parts = /diagnostics\/(collect-diagnostics|diagnostics-zip|redaction|parts\/.*)\.ts|^fflate/;
    expect(loadedAtStart().filter((name) => parts.test(name))).toEqual([]);
  });

  it('is each file of words that the first page does not need', () => {
    const words =
      /words\/(?:english\/)?(diagnostics|handover|help|help-answer|preflight|terminal|terminal-help)-words\.ts/;
    const all = sources.filter(({ path }) => words.test(path));
    expect(all).toHaveLength(12);
    expect(loadedAtStart().filter((name) => words.test(name))).toEqual([]);
  });

  it('is the proof of a pairing, and everything that listens or connects for it', () => {
    const parts =
      /@serenity-kit|@scure|selfsigned|pairing\/(laptop\/(open-offer|offer-listener|own-addresses|default-route)|server\/(prove-code|paired-laptop))/;
    expect(loadedAtStart().filter((name) => parts.test(name))).toEqual([]);
    const users = sources.filter(({ text }) =>
      /import\('[^']*(?:open-offer|prove-code|paired-laptop)\.ts'\)/.test(text),
    );
    expect(users.map(({ path }) => path)).toEqual([
      'src-main/pairing/laptop/offer.ts',
      'src-main/pairing/server/laptop-pairing.ts',
    ]);
  });

  function loadedAtStart(): readonly string[] {
    const texts = new Map(sources.map(({ path, text }) => [path, text.replaceAll(/^import type [^;]*;$/gm, '')]));
    // The entry loads the composition at once, but does not wait for it.
    const loaded = new Set<string>(['src-main/main.ts', 'src-main/compose.ts']);
    for (const path of loaded)
      for (const { specifier, dynamic } of importsOf(texts.get(path) ?? ''))
        if (!dynamic) loaded.add(targetOf(path, specifier) ?? specifier);
    return [...loaded];
  }
});

it('the folder of a pairing keeps nothing on disk', () => {
  const own = sources.filter(({ path }) => path.startsWith('src-main/pairing/'));
  expect(own.length).toBeGreaterThan(15);
  expect(
    own.filter(({ text }) => /node:fs|node:child_process|electron-store|ports\/document-store|line-file/.test(text)),
  ).toEqual([]);
});

describe('the test build', () => {
  it('is unknown to the sources, which name no tests, test variables or build modes', () => {
    const ofTests = /FLC_TEST|import\.meta\.env|\btest[- ]?build|['"/](test|vitest)\//i;
    expect(sources.filter(({ text }) => ofTests.test(text)).map(({ path }) => path)).toEqual([]);
    for (const known of ["env['FLC_TEST_COMPUTER']", "import.meta.env.MODE !== 'test'", "'../../test/fakes/a.ts'"])
      expect(ofTests.test(known), known).toBe(true);
  });

  it('has an entry that starts the same console', () => {
    const entry = readFileSync(join(repository, 'test/console/test-build/main.ts'), 'utf8');
    const started = importsOf(readFileSync(join(repository, 'src-main/main.ts'), 'utf8'))
      .map(({ specifier }) => targetOf('src-main/main.ts', specifier))
      .filter((target) => /compose|\/start\//.test(target ?? ''));
    const startedInTests = importsOf(entry).map(({ specifier }) =>
      targetOf('test/console/test-build/main.ts', specifier),
    );
    expect(started).toHaveLength(3);
    expect(startedInTests).toEqual(expect.arrayContaining(started));
  });
});

describe('the rule for imports', () => {
  const bad: readonly [string, string, string][] = [
    ['a domain folder that imports Electron', 'src-main/license/x.ts', "import { app } from 'electron';"],
    ['a domain folder that imports Node', 'src-main/refresh/x.ts', "import { readFile } from 'node:fs/promises';"],
    ['Node without its prefix', 'src-main/license/x.ts', "import fs from 'fs';"],
    ['a type-only import', 'src-main/authorization/x.ts', "import type { Session } from 'electron';"],
    ['a dynamic import', 'src-main/license/x.ts', "const { app } = await import('electron');"],
    ['an import for its side effects', 'src-main/ports/x.ts', "import 'node:fs';"],
    ['a re-export', 'src-main/license/x.ts', "export { app } from 'electron';"],
    ['an import over several lines', 'src-main/license/x.ts', "import {\n  app,\n  BrowserWindow,\n} from 'electron';"],
    [
      'an import after another one on the same line',
      'src-main/license/x.ts',
      "import { z } from 'zod/mini';import { app } from 'electron';",
    ],
    ['a port that imports the license', 'src-main/ports/x.ts', "import { a } from '../license/license-service.ts';"],
    [
      'authorization that imports the license',
      'src-main/authorization/x.ts',
      "import type { A } from '../license/license-claims.ts';",
    ],
    [
      'the license that imports the refresh',
      'src-main/license/x.ts',
      "import { a } from '../refresh/refresh-license.ts';",
    ],
    [
      'the refresh that imports the acquisition',
      'src-main/refresh/x.ts',
      "import { a } from '../acquisition/acquire-license.ts';",
    ],
    [
      'the license that imports an adapter',
      'src-main/license/x.ts',
      "import { a } from '../adapters/system-clock.ts';",
    ],
    [
      'the console’s screen that chooses an adapter',
      'src-main/desktop/console-screen.ts',
      "import { systemBrowser } from '../adapters/desktop/system-browser.ts';",
    ],
    [
      'an adapter that imports the window',
      'src-main/adapters/disk/x.ts',
      "import { a } from '../../desktop/console-screen.ts';",
    ],
    ['the handlers that import the window', 'src-main/ipc/x.ts', "import { a } from '../desktop/console-screen.ts';"],
    [
      'the commands that import the handlers',
      'src-main/commands/x.ts',
      "import { a } from '../ipc/console-handlers.ts';",
    ],
    [
      'the local license API that imports the handlers',
      'src-main/local-api/x.ts',
      "import { a } from '../ipc/console-handlers.ts';",
    ],
    [
      'a pairing that imports the local license API',
      'src-main/pairing/laptop/x.ts',
      "import { a } from '../../local-api/local-api.ts';",
    ],
    [
      'the handlers that choose an adapter',
      'src-main/ipc/x.ts',
      "import { a } from '../adapters/desktop/system-browser.ts';",
    ],
    [
      'the license that imports its server',
      'src-main/license/x.ts',
      "import { a } from '../servers/server-profiles.ts';",
    ],
    ['tokens that import the license', 'src-main/tokens/x.ts', "import { a } from '../license/license-record.ts';"],
    ['time that imports tokens', 'src-main/time/x.ts', "import { a } from '../tokens/token-rules.ts';"],
    ['a loose file at the root', 'src-main/drawer.ts', "import { a } from '../src-shared/result.ts';"],
    ['an adapter that imports the composition', 'src-main/adapters/x.ts', "import { a } from '../compose.ts';"],
    ['the composition that imports main', 'src-main/compose.ts', "import './main.ts';"],
    ['src-shared that imports main', 'src-shared/x.ts', "import { a } from '../src-main/ports/clock.ts';"],
    ['src-shared that imports Node', 'src-shared/words/x.ts', "import { join } from 'node:path';"],
    ['src-shared that imports React', 'src-shared/x.ts', "import { useState } from 'react';"],
    [
      'the screen that imports main',
      'src-renderer/license/x.tsx',
      "import { a } from '../../src-main/license/evaluate-license.ts';",
    ],
    ['the screen that imports Electron', 'src-renderer/x.tsx', "import { ipcRenderer } from 'electron';"],
    ['the preload script that imports main', 'src-main/preload.ts', "import { a } from './ipc/console-handlers.ts';"],
    ['the preload script that imports Node', 'src-main/preload.ts', "import fs from 'node:fs';"],
    ['a folder that nobody knows', 'src-main/shortcuts/x.ts', "import { a } from '../../src-shared/result.ts';"],
    ['the time of day', 'src-main/license/x.ts', 'const at = Date.now();'],
    ['the time of day as a function', 'src-main/license/x.ts', 'const now = Date.now;'],
    ['a date of now', 'src-main/license/x.ts', 'const at = new Date();'],
    ['a date of now, without brackets', 'src-main/license/x.ts', 'const at = new Date;'],
    ['luxon’s now', 'src-main/license/x.ts', 'const at = DateTime.now();'],
    ['a timer', 'src-main/refresh/x.ts', 'setTimeout(() => {}, 5);'],
    ['the global fetch', 'src-main/authorization/x.ts', "await fetch('https://auth.example');"],
    ['chance', 'src-main/refresh/x.ts', 'const random = Math.random();'],
    ['the environment', 'src-main/servers/x.ts', "const a = process.env['A'];"],
    ['the page', 'src-shared/x.ts', 'const title = document.title;'],
    ['a banned file name', 'src-main/license/license-utils.ts', ''],
    ['a banned folder name', 'src-shared/helpers/date.ts', ''],
    ['another banned file name', 'src-main/desktop/window-manager.ts', ''],
  ];

  it.each(bad)('finds a violation: %s', (_name, path, text) => {
    expect(violationsOf({ path, text }).length).toBeGreaterThan(0);
  });

  it.each([
    ['to the right', 'src-main/refresh/x.ts', "import { a } from '../license/license-service.ts';"],
    ['over several layers', 'src-main/ipc/x.ts', "import { a } from '../../src-shared/result.ts';"],
    ['in its own folder', 'src-main/license/x.ts', "import { a } from './license-claims.ts';"],
    [
      'an adapter that imports Electron and Node',
      'src-main/adapters/x.ts',
      "import { app } from 'electron';\nimport fs from 'node:fs';",
    ],
    ['a date of a given instant', 'src-main/license/x.ts', 'const at = new Date(expected.judgedAt);'],
    [
      'the words of a comment',
      'src-main/license/x.ts',
      "// import { app } from 'electron'; Date.now()\n/* setTimeout */",
    ],
    [
      'a method of that name',
      'src-main/authorization/x.ts',
      'session.fetch(url); timer.setTimeout; documents.read(name);',
    ],
    ['an address in a string', 'src-main/license/x.ts', "const text = 'document.title https://auth.example';"],
  ])('allows %s', (_name, path, text) => {
    expect(violationsOf({ path, text })).toEqual([]);
  });

  it.each([
    ['in a function that is called later', ['const files = new Files(() => notices.note());', 'const notices = 1;']],
    ['as a short property', ['const people = new People({ notices });', 'const notices = 1;']],
    ['of several that are declared at once', ['const people = new People(notices);', 'const { log, notices } = 1;']],
    ['under another name', ['const people = new People(notices);', 'const { all: notices } = 1;']],
    ['in a value', ['const people: People = new People({ list: notices });', 'const notices = 1;']],
  ])('finds what is used above its declaration: %s', (_name, lines) => {
    expect(forwardReferencesIn(lines.map((line) => `  ${line}\n`).join(''))).toEqual(['notices']);
  });

  it('allows members, names of members, comments and strings with the same name', () => {
    const lines = ["use(a.notices, { notices: 1 }, 'notices'); // notices", 'const notices = 1;', 'use(notices);'];
    expect(forwardReferencesIn(lines.map((line) => `  ${line}\n`).join(''))).toEqual([]);
  });

  it('finds a cycle', () => {
    const ring = [
      { path: 'src-main/license/a.ts', text: "import { b } from './b.ts';" },
      { path: 'src-main/license/b.ts', text: "import { c } from './c.ts';" },
      { path: 'src-main/license/c.ts', text: "import type { A } from './a.ts';" },
    ];
    expect(cyclesIn(ring)).toEqual([
      'src-main/license/a.ts -> src-main/license/b.ts -> src-main/license/c.ts -> src-main/license/a.ts',
    ]);
    expect(cyclesIn(ring.slice(0, 2))).toEqual([]);
  });
});
