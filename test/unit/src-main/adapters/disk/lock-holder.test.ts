import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockHolder } from '../../../../../src-main/adapters/disk/lock-holder.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

describe('the process that holds the lock', notOnWindows('links'), () => {
  let folder: string;
  let lock: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-holder-'));
    lock = join(folder, 'SingletonLock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is the one that the link names', () => {
    symlinkSync(`${hostname()}-4711`, lock);
    expect(lockHolder(folder)).toBe(4711);
  });

  test.each(['another-computer-4711', `${hostname()}-`, `${hostname()}-12x`, '4711'])('is unknown for %s', (target) => {
    symlinkSync(target, lock);
    expect(lockHolder(folder)).toBeNull();
  });

  test('is unknown without a link', () => {
    expect(lockHolder(folder)).toBeNull();
    expect(lockHolder(join(folder, 'absent'))).toBeNull();
    mkdirSync(lock);
    expect(lockHolder(folder)).toBeNull();
  });
});
