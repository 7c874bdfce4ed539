import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';

/** The name of the account with that number, as {@link osUserName} says it to that account itself; null where it cannot be found out. */
export type AccountOf = (uid: number) => Promise<string | null>;

/** The name under which this account is known to the computer. */
export function osUserName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account that the computer's list does not have, as in some containers.
    return unlisted(process.getuid?.());
  }
}

/** How this system says whose a number is; null for Windows, where files have none. */
export function accountLookup(platform: NodeJS.Platform): AccountOf | null {
  return platform === 'win32' ? null : accountOf;
}

function accountOf(uid: number): Promise<string | null> {
  return new Promise((resolve) => {
    // The system's own program knows the accounts of a company's directory too; it is named by its whole path.
    execFile('/usr/bin/id', ['-un', String(uid)], { timeout: 3_000 }, (error, stdout) => {
      if (!error) resolve(stdout.trim());
      else resolve(error.code === 1 ? unlisted(uid) : null);
    });
  });
}

const unlisted = (uid: number | undefined): string => `account ${uid ?? ''}`.trim();
