import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A home folder with a client certificate and its key for each name, in the place where Chromium looks for them on Linux. */
export function homeWithCertificates(names: readonly string[]): { home: string; certificates: string[] } {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  const store = join(home, '.pki/nssdb');
  mkdirSync(store, { recursive: true });
  const certutil = (...args: string[]) =>
    execFileSync('certutil', [...args, '-d', `sql:${store}`], { encoding: 'utf8', stdio: 'pipe' });
  certutil('-N', '--empty-password');
  const certificates = names.map((name, place) => {
    const noise = join(home, `noise-${place}`);
    writeFileSync(noise, randomBytes(64));
    const made = [
      '-n',
      name,
      '-s',
      `CN=${name}`,
      '-m',
      String(place + 1),
      '-x',
      '-t',
      ',,',
      '-Z',
      'SHA256',
      '-v',
      '12',
    ];
    certutil('-S', ...made, '-z', noise);
    return certutil('-L', '-n', name, '-a');
  });
  return { home, certificates };
}

/** A home folder in which Chromium finds this certificate authority as one that the computer trusts. */
export function homeTrusting(authority: string): string {
  const { home } = homeWithCertificates([]);
  const file = join(home, 'authority.pem');
  writeFileSync(file, authority);
  const store = `sql:${join(home, '.pki/nssdb')}`;
  execFileSync('certutil', ['-A', '-n', 'authority', '-t', 'C,,', '-i', file, '-d', store], { stdio: 'pipe' });
  return home;
}
