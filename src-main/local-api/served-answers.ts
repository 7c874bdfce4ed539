import type { LicenseDetails, RenewalStatus } from '../../src-shared/license-status.ts';
import type { PeerDetails, PeerVerdict } from '../../src-shared/peer-verdict.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { PeerTexts } from './peer-texts.ts';
import type { CurrentToken, ServedStanding } from './served-license.ts';
import { instantOf } from './wire/instant.ts';
import type { FailureAnswer, LicenseAnswer } from './wire/license-answer.ts';
import type { TokenAnswer } from './wire/token-messages.ts';
import type { PeerAnswer, VerifyAnswer } from './wire/verify-messages.ts';

/** What `GET /v1/license` says. */
export function licenseAnswer(standing: ServedStanding): LicenseAnswer {
  const { license, clock, refresh, keychain } = standing;
  return {
    server_name: standing.serverName,
    profile_edition: standing.edition,
    ...(license
      ? { ...clocksOf(license), judged_at: instantOf(standing.judgedAt), ...detailsOf(license.details) }
      : { status: 'not_licensed', judged_at: instantOf(standing.judgedAt) }),
    clock:
      clock.state === 'right'
        ? { state: 'right' }
        : { state: 'wrong', local_at: instantOf(clock.localAt), trusted_at: instantOf(clock.trustedAt) },
    refresh: {
      ...instant('last_refreshed_at', refresh.lastRefreshedAt),
      ...instant('next_refresh_at', refresh.nextRefreshAt),
      ...(refresh.lastFailure ? { last_failure: failureAnswer(refresh.lastFailure) } : {}),
    },
    ...(keychain ? { keychain: failureAnswer(keychain) } : {}),
  };
}

export function tokenAnswer({ accessToken, tokenType, expiresAt }: CurrentToken, serverId?: string): TokenAnswer {
  return {
    access_token: accessToken,
    token_type: tokenType,
    expires_at: instantOf(expiresAt),
    ...(serverId === undefined ? {} : { server_id: serverId }),
  };
}

/** What `POST /v1/verify` says, as JSON: a peer that is asked about again and again is put into words once. */
export function verifyAnswerText(verdict: PeerVerdict): string {
  const judgedAt = instantOf(verdict.judgedAt);
  if (!verdict.accepted) return JSON.stringify(refusedAnswer(verdict, judgedAt));
  const { relation, peer, warnings } = verdict;
  const { json, expiresAt } = peerTexts.of(peer);
  return `{"accepted":true,"relation":"${relation}","peer":${json},"warnings":${JSON.stringify(warnings)},"expires_at":"${expiresAt}","judged_at":"${judgedAt}"}`;
}

const peerTexts = new PeerTexts(peerAnswer);

function refusedAnswer(verdict: Extract<PeerVerdict, { readonly accepted: false }>, judgedAt: string): VerifyAnswer {
  return {
    accepted: false,
    reason: verdict.reason,
    detail: words.localApiAnswers.peerRefused[verdict.reason],
    authentic: verdict.authentic,
    ...(verdict.peer ? { peer: peerAnswer(verdict.peer) } : {}),
    judged_at: judgedAt,
  };
}

function clocksOf({ details, evaluation: { renewal, token } }: NonNullable<ServedStanding['license']>) {
  const { date, timeZone } = details.renewalDate ?? {};
  return {
    status: renewal.state,
    renewal: {
      ...instant('warns_at', renewal.warnsAt),
      ...instant('ends_at', renewal.endsAt),
      ...(date === undefined ? {} : { date }),
      ...(timeZone === undefined ? {} : { time_zone: timeZone }),
    },
    token: {
      state: token.state,
      issued_at: instantOf(token.issuedAt),
      warns_at: instantOf(token.warnsAt),
      expires_at: instantOf(token.expiresAt),
    },
  };
}

function detailsOf(details: LicenseDetails) {
  const { serverId, edition, organization, licenseId, licenseName, features, hub } = details;
  return {
    server_id: serverId,
    ...(edition ? { edition } : {}),
    ...(organization ? { organization } : {}),
    ...(licenseId === undefined ? {} : { license_id: licenseId }),
    ...(licenseName === undefined ? {} : { license_name: licenseName }),
    ...(features ? { features: [...features] } : {}),
    ...(hub ? { hub: hubAnswer(hub) } : {}),
  };
}

function peerAnswer(peer: Partial<PeerDetails>): PeerAnswer {
  const { serverId, serverName, deviceType, edition, organization, features, hub, renewal } = peer;
  return {
    ...(serverId === undefined ? {} : { server_id: serverId }),
    ...(serverName === undefined ? {} : { server_name: serverName }),
    ...(deviceType === undefined ? {} : { device_type: deviceType }),
    ...(edition ? { edition } : {}),
    ...(organization ? { organization } : {}),
    ...(features ? { features: [...features] } : {}),
    ...(hub ? { hub: hubAnswer(hub) } : {}),
    ...(renewal ? { license: renewalAnswer(renewal) } : {}),
    ...instant('issued_at', peer.tokenIssuedAt),
    ...instant('expires_at', peer.tokenExpiresAt),
  };
}

function renewalAnswer({ state, warnsAt, endsAt }: RenewalStatus): NonNullable<PeerAnswer['license']> {
  return { status: state, ...instant('warns_at', warnsAt), ...instant('ends_at', endsAt) };
}

function hubAnswer({ serverId, name, url }: NonNullable<LicenseDetails['hub']>) {
  return {
    ...(serverId === undefined ? {} : { server_id: serverId }),
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url }),
  };
}

function failureAnswer(failure: Failure): FailureAnswer {
  const { headline, meaning } = words.failureWords(failure);
  return { code: failure.code, title: headline, detail: meaning };
}

/** An optional instant; claims of a token nobody has signed may name one that no calendar has. */
function instant<N extends string>(name: N, at: number | undefined): { [K in N]?: string } {
  if (at === undefined || Number.isNaN(new Date(at).getTime())) return {};
  return { [name]: instantOf(at) } as { [K in N]?: string };
}
