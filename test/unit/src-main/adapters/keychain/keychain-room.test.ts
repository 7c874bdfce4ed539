import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isKeychainDiskFull } from '../../../../../src-main/adapters/keychain/keychain-room.ts';

test('S3: a disk with free space, or an unknown one, does not count as full', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'room-'));
  expect(await isKeychainDiskFull(folder)).toBe(false);
  expect(await isKeychainDiskFull(join(folder, 'missing'))).toBe(false);
  expect(await isKeychainDiskFull()).toBe(false);
  rmSync(folder, { recursive: true });
});
