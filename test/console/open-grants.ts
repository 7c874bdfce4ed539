import { createHash } from 'node:crypto';
import { expect, type TestInfo } from '@playwright/test';
import type { SandboxControl } from '../authorization-server/control/sandbox-control.ts';
import { keptRefreshTokens } from './real-keychain.ts';

/** Why a grant may stay open whose refresh token no keychain has. */
export const exceptions = [
  'an answer lost',
  'a process killed',
  'revocation impossible',
  'the keychain is gone',
] as const;
export type Exception = (typeof exceptions)[number];

/** The annotations by which a test tells the reporter: it was checked, and each grant that stayed open. */
export const checkedAnnotation = 'open grants: checked';
export const exceptionAnnotation = 'open grants: exception';

/** The sandboxes of this worker whose grants are still to be looked at. */
const watched = new Map<SandboxControl, { isClosed: boolean }>();
/** The refresh tokens that a test itself holds, in place of a console. */
const heldByTests = new Set<string>();
/** Grants that an earlier test of the same sandbox has accounted for. */
const excused = new Set<string>();

export function watchSandbox(control: SandboxControl): void {
  watched.set(control, { isClosed: false });
}

/** It takes no more requests: after the next check it is forgotten. */
export function sandboxClosed(control: SandboxControl): void {
  const sandbox = watched.get(control);
  if (sandbox) sandbox.isClosed = true;
}

export function heldByTest(refreshToken: string): void {
  heldByTests.add(hashOf(refreshToken));
}

/** The check after one test: the open grants of its sandboxes are those whose refresh token is in a keychain. */
export class OpenGrants {
  #exception: Exception | undefined;
  #atMost = 0;

  /** This test may leave so many grants open that nobody holds. They are counted. */
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
    // A console may still be storing what it got, or giving it back.
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
