import type { AboutView } from '../../src-shared/support/about-view.ts';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import { type Failure, serverReason } from '../../src-shared/result.ts';
import { labeledLines } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';

/** Technical facts about the connection and the answer. Other facts are left out, because they may hold text that a person typed. */
const technicalFacts = [
  'cause',
  'net_error',
  'status',
  'portal',
  'proxy',
  'certificate_issuer',
  'error',
  'algorithm',
  'retry_after',
  'interval',
  'life',
] as const;

/** A failure's code and its technical facts. */
export function failureText({ code, facts }: Failure): string {
  const technical = technicalFacts.flatMap((name) => (facts?.[name] ? [`${name} ${facts[name]}`] : []));
  return technical.length > 0 ? `${code} (${technical.join(', ')})` : code;
}

/** What support needs to know: codes, hosts and instants. Contains no token, device code, User Code or key. */
export function supportSummary(state: ConsoleState, code: string, about: AboutView): string {
  const { profile, license, refresh, clock, keychain, acquisition, connection } = state;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Fusion License Console', `${about.version} (${about.runtime})`],
    ...words.about.computerRows(about),
    ['At', new Date(state.at).toISOString()],
    ['Code', code],
    ['Server', profile ? `${profile.serverName} (${profile.edition})` : 'not set up'],
    ['Authorization server', profile?.issuer],
    ['Server ID', license?.details.serverId],
    ['Organization', license?.details.organization?.id],
    [
      'License Status',
      license
        ? words.license.statusHeadlines[license.evaluation.renewal.state]
        : words.license.statusHeadlines.not_licensed,
    ],
    ['Token Expiry', license ? new Date(license.details.tokenExpiresAt).toISOString() : undefined],
    [
      'Last refreshed',
      refresh.lastRefreshedAt === undefined ? undefined : new Date(refresh.lastRefreshedAt).toISOString(),
    ],
    ['Refresh token', refresh.withoutRefreshToken ? 'none was issued' : undefined],
    ['Last refresh failure', refresh.lastFailure && failureText(refresh.lastFailure)],
    ['Server said then', refresh.lastFailure && serverReason(refresh.lastFailure)],
    ['Acquisition', acquisition.state === 'failed' ? `failed: ${failureText(acquisition.failure)}` : acquisition.state],
    ['Server said', acquisition.state === 'failed' ? acquisition.failure.detail : undefined],
    ['Connection', connection.state === 'offline' ? `offline: ${failureText(connection.failure)}` : connection.state],
    [
      'Clock',
      clock.state === 'wrong'
        ? `wrong: ${new Date(clock.localAt).toISOString()}, trusted ${new Date(clock.trustedAt).toISOString()}`
        : clock.doubt
          ? `in doubt: ${new Date(clock.doubt.localAt).toISOString()}, or ${new Date(clock.doubt.trustedAt).toISOString()}`
          : 'right',
    ],
    ['License of another account', state.licensedElsewhere ? 'yes' : undefined],
    ['Keychain trouble', keychain?.code ?? 'none'],
  ];
  return labeledLines(rows);
}
