import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockObstacle } from '../../../../../src-main/adapters/disk/lock-obstacle.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-obstacle-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('nothing is in the way in an empty folder, or in a folder that does not exist', () => {
  expect(lockObstacle(folder)).toBeNull();
  expect(lockObstacle(join(folder, 'absent'))).toBeNull();
});

test('the links of a lock are not in the way, even if a process left them', notOnWindows('links'), () => {
  symlinkSync('another-computer-1', join(folder, 'SingletonLock'));
  expect(lockObstacle(folder)).toBeNull();
});

test.each(['SingletonLock', 'SingletonCookie', 'SingletonSocket'])(
  'a file or a folder called %s is in the way',
  (name) => {
    const path = join(folder, name);
    writeFileSync(path, '');
    expect(lockObstacle(folder)).toMatchObject({ code: 'lock_obstructed', facts: { path } });
    rmSync(path);
    mkdirSync(path);
    expect(lockObstacle(folder)).toMatchObject({ code: 'lock_obstructed', facts: { path } });
  },
);
