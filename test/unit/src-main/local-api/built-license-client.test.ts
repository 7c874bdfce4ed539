import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedLicenseApi } from '../../../fakes/scripted-license-api.ts';
import { importsOf } from '../../repository/dependency-rule.ts';
import { linksOf } from '../../repository/markdown.ts';
import { notOnWindows } from '../../../fakes/on-windows.ts';

const repository = join(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'license-client-'));
const built = join(folder, 'license-client');

/** A program of the POS server's developers, next to the client as they get it. */
const program = `
import { LicenseApiError, LicenseClient, type VerifyAnswer } from './license-client/license-client.js';

const client = new LicenseClient({ profileFolder: process.argv[2] ?? '', secret: 'flc_abcdefghijkl_c2VjcmV0' });
const verdict: VerifyAnswer = await client.verify('a.b.c').catch((error: unknown) => {
  throw error instanceof LicenseApiError ? new Error(error.code) : error;
});
console.log(verdict.accepted ? verdict.relation : verdict.reason, (await client.health()).version);
// @ts-expect-error what is not there is not declared
console.log(verdict.refresh_token);
`;

const localApi = join(repository, 'src-main/local-api');

/** The compiler refuses it if a declared type differs anywhere from its schema. */
const comparison = `
import type { z } from '${join(repository, 'node_modules/zod/v4/mini/index.d.ts')}';
import type * as client from './license-client/license-client.js';
import type { endpoints, eventSchemas } from '${localApi}/wire/endpoints.ts';
import type { peerReasonSchema } from '${localApi}/wire/verify-messages.ts';

/** As in JSON: an optional member is present or absent, and never undefined. */
type Wire<T> = T extends readonly (infer Element)[]
  ? readonly Wire<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Wire<Exclude<T[Key], undefined>> }
    : T;
type Same<A, B> = (<T>() => T extends Wire<A> ? 1 : 2) extends (<T>() => T extends Wire<B> ? 1 : 2) ? true : false;
type EventOf<Type extends client.LicenseEvent['type']> = Extract<client.LicenseEvent, { type: Type }>;
type Endpoints = typeof endpoints;
type Events = typeof eventSchemas;

export const same: readonly true[] = [
  true satisfies Same<client.HealthAnswer, z.infer<Endpoints['health']['answer']>>,
  true satisfies Same<client.LicenseAnswer, z.infer<Endpoints['license']['answer']>>,
  true satisfies Same<client.TokenAnswer, z.infer<Endpoints['token']['answer']>>,
  true satisfies Same<client.ProofAnswer, z.infer<Endpoints['proof']['answer']>>,
  true satisfies Same<client.VerifyAnswer, z.infer<Endpoints['verify']['answer']>>,
  true satisfies Same<client.KeySetAnswer, z.infer<Endpoints['jwks']['answer']>>,
  true satisfies Same<client.PeerReason, z.infer<typeof peerReasonSchema>>,
  true satisfies Same<{ token: string; proof?: client.ProofToCheck }, z.infer<Endpoints['verify']['request']>>,
  true satisfies Same<client.RequestToProve, z.infer<Endpoints['proof']['request']>>,
  true satisfies Same<client.LicenseEvent['type'], keyof Events>,
  true satisfies Same<EventOf<'status'>['license'], z.infer<Events['status']>>,
  true satisfies Same<Omit<EventOf<'token_refreshed'>, 'type'>, z.infer<Events['token_refreshed']>>,
];
// @ts-expect-error the comparison notices one member less
true satisfies Same<Omit<client.LicenseAnswer, 'license_name'>, client.LicenseAnswer>;
`;

const run = (script: string, args: readonly string[]) =>
  promisify(execFile)(process.execPath, [script, ...args], { cwd: folder });

const strict = '--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --module nodenext --target es2022';
const types = join(folder, 'types');

const compile = (name: string, ...options: readonly string[]) =>
  run(join(repository, 'node_modules/typescript/bin/tsc'), [
    name,
    ...`${strict} --lib es2022 --types node --typeRoots ${types} --ignoreConfig`.split(' '),
    ...options,
  ]);

beforeAll(async () => {
  symlinkSync(join(repository, 'node_modules/@types'), types);
  await run(join(repository, 'test/set-up/build-license-client.mjs'), [built]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const textOf = (name: string) => readFileSync(join(built, name), 'utf8');

describe('the built license client', notOnWindows('buildTools'), () => {
  it('consists of one module, one declaration file, the manifest and the guide', () => {
    const files = ['README.md', 'license-client.d.ts', 'license-client.js', 'package.json'];
    expect(readdirSync(built).toSorted()).toEqual(files);
  });

  it('has a guide that neither mentions this repository nor links to its files', () => {
    const guide = textOf('README.md');
    const own = readFileSync(join(repository, 'src-main/local-api/README.md'), 'utf8');
    expect(own.startsWith(guide)).toBe(true);
    expect(guide).toContain('## What else goes wrong');
    expect(guide).not.toMatch(/repository|npm run|\bout\/|\bsrc-|\btest\//);
    expect(linksOf(guide).filter((target) => !/^(https:\/\/|#)/.test(target))).toEqual([]);
  });

  it('imports only modules of Node.js, and its declarations import nothing', () => {
    const imports = importsOf(textOf('license-client.js'));
    expect(imports.length).toBeGreaterThan(3);
    for (const { specifier } of imports) {
      expect(specifier).toMatch(/^node:/);
      expect(isBuiltin(specifier), specifier).toBe(true);
    }
    expect(textOf('license-client.js')).not.toMatch(/\b(require|import)\s*\(|import\.meta/);
    expect(textOf('license-client.d.ts')).not.toMatch(/\bimport\b|^export (\*|\{)/m);
  });

  it('declares answers, requests and events with the types of their schemas', async () => {
    writeFileSync(join(folder, 'comparison.mts'), comparison);
    await compile('comparison.mts', '--noEmit', '--allowImportingTsExtensions', '--skipLibCheck');
  });

  it('comes with an example in its guide that compiles', async () => {
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(textOf('README.md')) ?? [];
    expect(example).toContain("from 'fusion-license-client'");
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(built, join(folder, 'node_modules/fusion-license-client'));
    writeFileSync(join(folder, 'example.mts'), example);
    await compile('example.mts');
  });

  it('compiles and runs in a folder without any other file of this project', async () => {
    writeFileSync(join(folder, 'program.mts'), program);
    await compile('program.mts');
    const api = new ScriptedLicenseApi();
    await api.start();
    api.answer = ({ path }, response) =>
      void response.end(JSON.stringify(path === '/v1/health' ? { version: '1.2.3' } : { reason: 'expired' }));
    const { stdout } = await run('program.mjs', [api.folder]);
    expect(stdout).toBe('expired 1.2.3\nundefined\n');
    await api.remove();
  });
});
