import type { ServerStanding } from '../../src-shared/window/console-standing.ts';
import { instantOf } from '../../src-shared/instant.ts';
import { present } from '../../src-shared/present.ts';
import type { RenewalStatus } from '../../src-shared/license/license-status.ts';
import type { PeerDetails, PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import type { Failure } from '../../src-shared/result.ts';
import { mostDateMs } from '../../src-shared/schema-atoms.ts';
import { shownDocument, shownJson } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';
import type { CurrentToken } from '../license/held-token.ts';
import { hubMembers } from '../license/license-members.ts';
import { standingMembers } from '../license/standing-members.ts';
import { PeerTexts } from './peer-texts.ts';
import type { FailureAnswer, LicenseAnswer } from './wire/license-answer.ts';
import type { TokenAnswer } from './wire/token-messages.ts';
import type { PeerAnswer, VerifyAnswer } from './wire/verify-messages.ts';

/** The answer to `GET /v1/license`. */
export function licenseAnswer(standing: ServerStanding): LicenseAnswer {
  return shownDocument<LicenseAnswer>({
    server_name: standing.serverName,
    profile_edition: standing.edition,
    ...standingMembers(standing, failureAnswer),
  });
}

export function tokenAnswer({ accessToken, tokenType, expiresAt }: CurrentToken, serverId?: string): TokenAnswer {
  return present({
    access_token: accessToken,
    token_type: tokenType,
    expires_at: instantOf(expiresAt),
    server_id: serverId,
  });
}

/** The answer to `POST /v1/verify`, as JSON. The JSON of a peer is cached, because registers ask again and again. */
export function verifyAnswerText(verdict: PeerVerdict): string {
  const judgedAt = instantOf(verdict.judgedAt);
  if (!verdict.accepted) return shownJson(refusedAnswer(verdict, judgedAt));
  const { relation, peer, warnings } = verdict;
  const { json, expiresAt } = peerTexts.of(peer);
  return `{"accepted":true,"relation":"${relation}","peer":${json},"warnings":${warnings.length === 0 ? '[]' : JSON.stringify(warnings)},"expires_at":"${expiresAt}","judged_at":"${judgedAt}"}`;
}

const peerTexts = new PeerTexts(shownPeer);

function shownPeer(peer: Partial<PeerDetails>): PeerAnswer {
  return shownDocument(peerAnswer(peer));
}

function refusedAnswer(verdict: Extract<PeerVerdict, { readonly accepted: false }>, judgedAt: string): VerifyAnswer {
  return {
    accepted: false,
    reason: verdict.reason,
    detail: words.localApiAnswers.peerRefused[verdict.reason],
    authentic: verdict.authentic,
    ...(verdict.peer ? { peer: shownPeer(verdict.peer) } : {}),
    judged_at: judgedAt,
  };
}

/** Sets member by member, without temporary objects: this runs for every register token. */
function peerAnswer(peer: Partial<PeerDetails>): PeerAnswer {
  const { organization, hub, renewal } = peer;
  const answer: PeerAnswer = {};
  if (peer.serverId !== undefined) answer.server_id = peer.serverId;
  if (peer.serverName !== undefined) answer.server_name = peer.serverName;
  if (peer.deviceType !== undefined) answer.device_type = peer.deviceType;
  if (peer.edition !== undefined) answer.edition = peer.edition;
  if (organization !== undefined) answer.organization = organization;
  if (peer.features !== undefined) answer.features = [...peer.features];
  if (hub !== undefined) answer.hub = hubMembers(hub);
  if (renewal !== undefined) answer.license = renewalAnswer(renewal);
  if (isInstant(peer.tokenIssuedAt)) answer.issued_at = instantOf(peer.tokenIssuedAt);
  if (isInstant(peer.tokenExpiresAt)) answer.expires_at = instantOf(peer.tokenExpiresAt);
  return answer;
}

function renewalAnswer(renewal: RenewalStatus): NonNullable<PeerAnswer['license']> {
  const { state, warnsAt, endsAt } = renewal;
  const answer: NonNullable<PeerAnswer['license']> = { status: state };
  if (renewal.state === 'licensed' && renewal.dateUnclear) answer.date_unclear = true;
  if (isInstant(warnsAt)) answer.warns_at = instantOf(warnsAt);
  if (isInstant(endsAt)) answer.ends_at = instantOf(endsAt);
  return answer;
}

function failureAnswer(failure: Failure): FailureAnswer {
  const { headline, meaning } = words.failureWords(failure);
  return { code: failure.code, title: headline, detail: meaning };
}

/** Whether a `Date` can hold it. A token with an invalid signature may claim any number. */
function isInstant(at: number | undefined): at is number {
  return at !== undefined && Math.abs(at) <= mostDateMs;
}
