import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repository } from './repository.mjs';

const script = readFileSync(join(repository, 'src-main/installer/linux-after-install.sh'), 'utf8');
let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'after-install-'));
  for (const folder of ['opt/Fusion License Console/resources', 'usr/bin', 'var/lib', 'etc/apparmor.d', 'tools'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'opt/Fusion License Console/chrome-sandbox'), '');
  writeFileSync(join(root, 'opt/Fusion License Console/resources/license-console'), '#!/bin/sh\n');
  // Replaces `chown`, because only root may give a file to root.
  for (const tool of ['chown', 'update-alternatives']) {
    writeFileSync(join(root, 'tools', tool), tool === 'chown' ? '#!/bin/sh\nexit 0\n' : '#!/bin/sh\nexit 2\n');
    chmodSync(join(root, 'tools', tool), 0o755);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Runs the script with the packager's placeholders filled in, in a test folder instead of the file system's root. */
function install() {
  const filled = script
    .replaceAll('${executable}', 'fusion-license-console')
    .replaceAll('${sanitizedProductName}', 'Fusion License Console')
    .replaceAll(/\/(opt|var\/lib|usr\/bin|usr\/share|etc)\//g, (path) => `${root}${path}`);
  const env = { ...process.env, PATH: `${join(root, 'tools')}:${process.env.PATH}` };
  execFileSync('sh', ['-c', filled], { env, stdio: 'pipe' });
}

describe.skipIf(process.platform === 'win32')('the script after the installation of the Linux package', () => {
  test('contains only placeholders that the packager knows', () => {
    expect(new Set(script.match(/\$\{[^}]*\}/g))).toEqual(new Set(['${executable}', '${sanitizedProductName}']));
    expect(readFileSync(join(repository, 'electron-builder.yml'), 'utf8')).toContain(
      'afterInstall: src-main/installer/linux-after-install.sh',
    );
  });

  test('creates the shared folder for all accounts and links the command to the program, again after an update', () => {
    for (let times = 0; times < 2; times += 1) {
      install();
      const shared = join(root, 'var/lib/fusion-license-console');
      expect(statSync(shared).mode & 0o7777).toBe(0o1777);
      const command = join(root, 'usr/bin/fusion-license-console');
      expect(lstatSync(command).isSymbolicLink()).toBe(true);
      expect(readlinkSync(command)).toBe(join(root, 'opt/Fusion License Console/fusion-license-console'));
      const launcher = join(root, 'opt/Fusion License Console/resources/license-console');
      expect(readlinkSync(join(root, 'usr/bin/license-console'))).toBe(launcher);
      expect(statSync(launcher).mode & 0o777).toBe(0o755);
      expect([0o755, 0o4755]).toContain(
        statSync(join(root, 'opt/Fusion License Console/chrome-sandbox')).mode & 0o7777,
      );
    }
  });

  test('keeps the files in the shared folder at an update', () => {
    install();
    const marker = join(root, 'var/lib/fusion-license-console', `${'a'.repeat(32)}.json`);
    writeFileSync(marker, '{}');
    install();
    expect(readFileSync(marker, 'utf8')).toBe('{}');
  });
});
