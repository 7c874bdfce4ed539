import { instantOf } from '../../src-shared/instant.ts';
import type { PeerDetails, PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import { present } from '../../src-shared/present.ts';
import { shown } from '../../src-shared/text/shown-text.ts';
import { frameWords } from '../../src-shared/words/english/frame-words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { exitCodes } from './exit-codes.ts';
import { hubMembers, renewalInstants } from '../license/license-members.ts';
import { rows, wrapped } from './terminal-text.ts';

/** Has the same members as the answer of the local license API. */
export function verdictDocument(verdict: PeerVerdict) {
  const { accepted, judgedAt, peer } = verdict;
  return present({
    accepted,
    ...(accepted
      ? { relation: verdict.relation, warnings: verdict.warnings, expires_at: instantOf(verdict.peer.tokenExpiresAt) }
      : {
          reason: verdict.reason,
          detail: words.localApiAnswers.peerRefused[verdict.reason],
          authentic: verdict.authentic,
        }),
    peer: peer ? peerDocument(peer) : undefined,
    judged_at: instantOf(judgedAt),
  });
}

function peerDocument(peer: Partial<PeerDetails>) {
  const { serverId, serverName, deviceType, edition, organization, features, hub, renewal } = peer;
  return present({
    server_id: serverId,
    server_name: serverName,
    device_type: deviceType,
    edition,
    organization,
    features,
    hub: hub && hubMembers(hub),
    license: renewal && { status: renewal.state, ...renewalInstants(renewal) },
    issued_at: instantOf(peer.tokenIssuedAt),
    expires_at: instantOf(peer.tokenExpiresAt),
  });
}

export function verdictLines(asFound: PeerVerdict, width: number): readonly string[] {
  const verdict = shown(asFound);
  const { verify } = terminalWords;
  const headline = verdict.accepted
    ? `${verify.accepted} ${verify.relations[verdict.relation]}`
    : `${verify.refused} ${words.localApiAnswers.peerRefused[verdict.reason]}`;
  const warnings = verdict.accepted ? verdict.warnings.map((warning) => verify.warnings[warning]) : [];
  const doubt =
    !verdict.accepted && verdict.peer && !verdict.authentic ? ['', ...wrapped(verify.onlyClaims, width)] : [];
  return [
    ...wrapped(headline, width),
    ...warnings.flatMap((warning) => wrapped(warning, width)),
    ...(verdict.accepted ? [] : wrapped(whatToDo(verdict), width)),
    ...doubt,
    ...(verdict.peer ? rows(peerRows(verdict.peer), width) : []),
  ];
}

function whatToDo({ reason, peer }: Extract<PeerVerdict, { accepted: false }>): string {
  return `${words.peers.whatToDo} ${words.peers.refusal(reason, peer ?? {}).action}`;
}

function peerRows(peer: Partial<PeerDetails>): readonly (readonly [string, string])[] {
  const { license } = words;
  const { verify } = terminalWords;
  const pairs: readonly (readonly [string, string | undefined])[] = [
    [verify.name, peer.serverName],
    [license.fieldLabels.serverId, peer.serverId],
    [verify.deviceType, peer.deviceType],
    [license.summary.edition, peer.edition && frameWords.editions[peer.edition]],
    [license.summary.organization, peer.organization?.name ?? peer.organization?.id],
    [license.fieldLabels.features, peer.features?.join(', ')],
    [license.fieldLabels.hubName, peer.hub?.name ?? peer.hub?.serverId],
    [license.fieldLabels.licenseStatus, peer.renewal && license.statusHeadlines[peer.renewal.state]],
    [
      license.fieldLabels.tokenExpiry,
      peer.tokenExpiresAt === undefined ? undefined : words.dates.dateTime(peer.tokenExpiresAt),
    ],
  ];
  return pairs.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}

/** Separate codes if the peer could not be judged: without a license here, or offline without the issuer's key. */
export function exitCodeOfVerdict(verdict: PeerVerdict): number {
  if (verdict.accepted) return exitCodes.done;
  if (verdict.reason === 'not_licensed') return exitCodes.notLicensed;
  return verdict.reason === 'key_unknown_offline' ? exitCodes.noConnection : exitCodes.refused;
}
