import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasTrait } from '../../../../../src-shared/failure-codes.ts';
import { failure } from '../../../../../src-shared/result.ts';
import { tokenMatter } from '../../../../../src-shared/license/token-matter.ts';
import { words } from '../../../../../src-shared/words/words.ts';

const repository = join(import.meta.dirname, '../../../../..');

describe.each(['invalid_grant', 'license_of_another_computer'] as const)('%s', (code) => {
  const told = failure(code, { facts: { computer: 'STORE-PC-1' } });

  test('leads to a new authorization', () => {
    expect(hasTrait(code, 'reauthorize')).toBe(true);
    const token = { state: 'fine', issuedAt: 0, warnsAt: 0, expiresAt: 0 } as const;
    expect(tokenMatter(token, { lastFailure: told }).cause).toBe('authorize_again');
  });

  test('has the same headline as a failure and next to the License Status', () => {
    const { headline } = words.failureWords(told);
    expect(words.attention.authorizeAgain.said(told, 0, true).headline).toBe(headline);
    if (code === 'license_of_another_computer') expect(headline).toContain('STORE-PC-1');
  });
});

test('only license-service.ts has a branch for a license of another computer', () => {
  const chosenBy = /=== 'license_of_another_computer'/;
  const sources = ['src-shared', 'src-renderer', 'src-main'].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const choosing = sources.filter(
    (name) => /\.tsx?$/.test(name) && chosenBy.test(readFileSync(join(repository, name), 'utf8')),
  );
  // The words do not depend on earlier notifications.
  expect(choosing).toEqual([join('src-main', 'license', 'license-service.ts')]);
});
