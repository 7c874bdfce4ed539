import { createHash } from 'node:crypto';
import { expect, type TestInfo } from '@playwright/test';
import type { SandboxControl } from '../authorization-server/control/sandbox-control.ts';
import { keptRefreshTokens } from './real-keychain.ts';

/** The reasons why a grant may stay open although no keychain holds its refresh token. */
export const exceptions = [
  'an answer lost',
  'a process killed',
  'revocation impossible',
  'the keychain is gone',
  'its server was forgotten',
] as const;
export type Exception = (typeof exceptions)[number];

/** The annotations for the reporter: the test was checked, and each grant that stayed open. */
export const checkedAnnotation = 'open grants: checked';
export const exceptionAnnotation = 'open grants: exception';

/** The sandboxes of this worker whose grants have to be checked. */
const watched = new Map<SandboxControl, { isClosed: boolean }>();
/** Refresh tokens that a test holds itself, instead of a console. */
const heldByTests = new Set<string>();
/** Grants that an earlier test of the same sandbox has already reported. */
const excused = new Set<string>();

export function watchSandbox(control: SandboxControl): void {
  watched.set(control, { isClosed: false });
}

/** Marks a sandbox as closed. It is dropped after the next check. */
export function sandboxClosed(control: SandboxControl): void {
  const sandbox = watched.get(control);
  if (sandbox) sandbox.isClosed = true;
}

export function heldByTest(refreshToken: string): void {
  heldByTests.add(hashOf(refreshToken));
}

/** The check after each test: every open grant of its sandboxes must have its refresh token in a keychain. */
export class OpenGrants {
  #exception: Exception | undefined;
  #atMost = 0;

  /** Lets this test leave up to `atMost` open grants whose refresh token is in no keychain. The report counts them. */
  mayStayOpen(exception: Exception, atMost = 1): void {
    this.#exception = exception;
    this.#atMost = atMost;
  }

  async check(info: TestInfo): Promise<void> {
    if (watched.size === 0) return;
    info.annotations.push({ type: checkedAnnotation });
    let strays: readonly OpenGrant[] = [];
    const beyondExceptions = async () => {
      strays = await heldByNobody();
      return strays.length <= this.#atMost ? [] : strays;
    };
    // A console may still be storing new tokens or revoking them.
    const message = 'open grants whose refresh token is in no keychain';
    await expect.poll(beyondExceptions, { message }).toEqual([]);
    for (const { id } of strays) {
      excused.add(id);
      info.annotations.push({ type: exceptionAnnotation, description: this.#exception ?? '' });
    }
    for (const [control, { isClosed }] of watched) if (isClosed) watched.delete(control);
  }
}

interface OpenGrant {
  readonly id: string;
  readonly device: string | undefined;
}

async function heldByNobody(): Promise<readonly OpenGrant[]> {
  const open = [...watched.keys()]
    .flatMap((control) => control.openGrants().grants)
    .filter(({ id, refreshTokenHash }) => !excused.has(id) && !heldByTests.has(refreshTokenHash));
  if (open.length === 0) return [];
  const kept = new Set((await keptRefreshTokens()).map(hashOf));
  return open.filter(({ refreshTokenHash }) => !kept.has(refreshTokenHash)).map(({ id, device }) => ({ id, device }));
}

function hashOf(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('base64url');
}
