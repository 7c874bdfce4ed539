import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import { type Failure, mayRevokeLater, type Result } from '../../src-shared/result.ts';
import { present } from '../../src-shared/present.ts';
import type { LicenseSecrets } from './license-record.ts';
import { longestOpenMs, type OpenGrant, type OpenGrants, soonestAgainMs } from './open-grants.ts';

interface GrantsToEndDeps {
  readonly openGrants: OpenGrants;
  readonly revoke: (secrets: LicenseSecrets) => Promise<Result<null>>;
  /** The secrets of the current license, or null without one. */
  readonly heldSecrets: () => Promise<Result<LicenseSecrets | null>>;
  readonly hasKeychainTrouble: () => boolean;
  readonly keptEndpoints: () => string | undefined;
  /** Trusted time. */
  readonly now: () => number;
  readonly onEvent: (event: LicenseEvent) => void;
  /** Called when the server has ended a grant. */
  readonly onEnded: () => void;
}

/** Ends the grants that the console does not use. A grant that cannot be ended now is tried again later. */
export class GrantsToEnd {
  readonly #deps: GrantsToEndDeps;
  #ending: Promise<void> | null = null;

  constructor(deps: GrantsToEndDeps) {
    this.#deps = deps;
  }

  /**
   * Ends a grant that the console does not use, because a new license has replaced it or its tokens are unusable. Reports a
   * failure as an event. If the server may be able to end the grant later, {@link endOpen} tries again.
   */
  async end(secrets: LicenseSecrets, of: OpenGrant['of']): Promise<void> {
    const { openGrants, revoke, keptEndpoints, now, onEvent, onEnded } = this.#deps;
    const revoked = await revoke(secrets);
    if (revoked.ok) {
      // Without a refresh token there was nothing to ask of the server.
      if (secrets.refreshToken) onEnded();
      return;
    }
    const endpoints = secrets.endpoints ?? keptEndpoints();
    // Only the refresh token is needed to end the grant.
    const { accessToken: _, recordKey: __, ...needed } = secrets;
    const kept = present({ ...needed, accessToken: '', endpoints });
    const triesAgain = mayRevokeLater(revoked.failure) && (await openGrants.keep({ of, since: now(), secrets: kept }));
    onEvent(leftOpen(of, revoked.failure, triesAgain));
  }

  /** Are there grants that could not be ended yet? */
  async hasOpen(): Promise<boolean> {
    return (await this.#deps.openGrants.all()).length > 0;
  }

  /**
   * Tries again to end the grants that could not be ended. Call this after the server has answered. Changes of the license do not
   * wait for it.
   */
  endOpen(): Promise<void> {
    this.#ending ??= this.#endEach().finally(() => {
      this.#ending = null;
    });
    return this.#ending;
  }

  async #endEach(): Promise<void> {
    const { openGrants, revoke, heldSecrets, hasKeychainTrouble, now, onEvent, onEnded } = this.#deps;
    // A locked keychain may prompt the user at each call.
    if (hasKeychainTrouble()) return;
    for (const grant of await openGrants.all()) {
      // The recorded time may lie in the future, because the clock may have been wrong then.
      const openMs = Math.abs(now() - grant.since);
      if (openMs < soonestAgainMs) return;
      const held = await heldSecrets();
      if (!held.ok) return;
      // Some servers issue the same refresh token again. The current license then depends on it.
      const isInUse = held.value?.refreshToken === grant.secrets.refreshToken;
      const revoked = isInUse ? null : await revoke(grant.secrets);
      // The other grants would fail for the same reason.
      if (revoked?.ok === false && mayRevokeLater(revoked.failure) && openMs < longestOpenMs) return;
      if (!(await openGrants.drop(grant))) return;
      if (revoked?.ok) {
        onEvent({ kind: 'grant_ended', of: grant.of });
        // Not while the grant stays listed, or each look would end it again and cause the next.
        onEnded();
      } else if (revoked) onEvent(leftOpen(grant.of, revoked.failure));
    }
  }
}

/** The event of an authorization that stays open at the server. */
export function leftOpen(of: OpenGrant['of'] | 'removal', { code, detail }: Failure, triesAgain = false): LicenseEvent {
  return present({ kind: 'revocation_failed', of, code, detail, triesAgain: triesAgain ? true : undefined });
}
