import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';

/** The name of the account with that uid, the same as {@link osUserName} returns in that account. Null if it cannot be determined. */
export type AccountOf = (uid: number) => Promise<string | null>;

/** The name of the account that this process runs in. */
export function osUserName(): string {
  try {
    return userInfo().username;
  } catch {
    // The account is not in the user database, as in some containers.
    return unlisted(process.getuid?.());
  }
}

/** How this system maps a file's owner uid to an account name. Null on Windows, where files have no uid. */
export function accountLookup(platform: NodeJS.Platform): AccountOf | null {
  return platform === 'win32' ? null : accountOf;
}

function accountOf(uid: number): Promise<string | null> {
  return new Promise((resolve) => {
    // `id` also knows accounts from a company's directory service. The full path keeps PATH from choosing another program.
    execFile('/usr/bin/id', ['-un', String(uid)], { timeout: 3_000 }, (error, stdout) => {
      if (!error) resolve(stdout.trim());
      else resolve(error.code === 1 ? unlisted(uid) : null);
    });
  });
}

const unlisted = (uid: number | undefined): string => `account ${uid ?? ''}`.trim();
