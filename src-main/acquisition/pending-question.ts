import { type Result, succeed } from '../../src-shared/result.ts';
import type { ServerDifference } from '../../src-shared/servers/server-difference.ts';
import { sameIssuer } from '../authorization/issuer-address.ts';
import { checkDevice } from '../license/check-issued.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { PendingLicense } from '../license/pending-license.ts';
import { differenceNow, type MeantServer } from '../license/server-difference.ts';

export interface PendingQuestionDeps {
  readonly license: LicenseService;
  /** The server's name in the settings, now. */
  readonly serverName: () => string;
  /** Does another server at the same Authorization server have this name? */
  readonly isNameTaken: (serverName: string) => boolean;
}

/**
 * The question whether a license that may be for another server is used. Its tokens and the answer are in the keychain before
 * anything is done about them, so that a crash loses no license and asks nobody twice.
 */
export class PendingQuestion {
  readonly #deps: PendingQuestionDeps;
  readonly #license: LicenseService;
  #current: PendingLicense | null = null;

  constructor(deps: PendingQuestionDeps) {
    this.#deps = deps;
    this.#license = deps.license;
  }

  /** The license that the question is about. Null if nothing is asked. */
  get current(): PendingLicense | null {
    return this.#current;
  }

  /** If nothing differs now, for example after the server was renamed, a person still has to answer. Null if nothing is asked. */
  get difference(): ServerDifference | null {
    return this.#current && differenceNow(this.#current.claims, this.#current.difference, this.meant);
  }

  /** The server that the license should be for. */
  get meant(): MeantServer {
    const { license, serverName, isNameTaken } = this.#deps;
    const { edition } = license.profile;
    return { serverName: serverName(), edition, held: license.view()?.details ?? null, isNameTaken };
  }

  /** Puts the license aside, and asks. Failures: `secret_store_*`; then it does not ask. */
  async ask(pending: PendingLicense): Promise<Result<null>> {
    const kept = await this.#license.pending.write(pending);
    if (kept.ok) this.#current = pending;
    return kept;
  }

  /** Asks again about a license that is already in the keychain. */
  askAgain(pending: PendingLicense): void {
    this.#current = pending;
  }

  /**
   * The license that an earlier run left, or about which nobody could be asked before. Ends or deletes a license whose question was already
   * answered. Failures: `secret_store_*`.
   */
  async left(): Promise<Result<PendingLicense | null>> {
    const read = await this.#license.pending.read();
    if (!read.ok || read.value === null) return read;
    const pending = read.value;
    if (this.#isInUse(pending)) {
      await this.#license.pending.remove();
      return succeed(null);
    }
    if (pending.answer !== 'undo' && this.#fits(pending)) return succeed(pending);
    await this.end(pending);
    return succeed(null);
  }

  /**
   * Ends the authorization of the license at the server, or records it to be ended later. Failures: `secret_store_*`; the question then
   * stays open.
   */
  async end(pending: PendingLicense): Promise<Result<null>> {
    this.#current = null;
    const answered = await this.#license.pending.write({ ...pending, answer: 'undo' });
    if (!answered.ok) {
      this.#current = pending;
      return answered;
    }
    await this.#license.grants.end(pending.secrets, 'unused');
    // If the entry cannot be deleted now, the next start ends it again and deletes it.
    await this.#license.pending.remove();
    return succeed(null);
  }

  /** The license is in use. If its copy cannot be deleted now, the next start deletes it. */
  async close(): Promise<void> {
    if (!this.#current) return;
    this.#current = null;
    await this.#license.pending.remove();
  }

  /** The license was stored after the answer, and only its copy is left. Its refresh token may have been used since. */
  #isInUse({ answer, claims }: PendingLicense): boolean {
    const held = this.#license.view()?.details;
    const { serverId, tokenIssuedAt } = claims.details;
    return answer === 'keep' && held?.serverId === serverId && held.tokenIssuedAt >= tokenIssuedAt;
  }

  /** Is the license for the current settings? They may have been changed since it was acquired. */
  #fits({ secrets, claims }: PendingLicense): boolean {
    const { issuer, clientId, edition } = this.#license.profile;
    const isOfClient = sameIssuer(secrets.issuer, issuer) && secrets.clientId === clientId;
    return isOfClient && checkDevice(claims, edition).ok;
  }
}
