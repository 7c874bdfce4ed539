import { doubtOf } from '../../src-shared/license-status.ts';
import { failure } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { ofServer, serverOption } from './chosen-servers.ts';
import type { CommandServices } from './command-services.ts';
import { attention, type Check, failed, ok } from './diagnose-checks.ts';

/** Whether the keychain can store a value and whether it holds the tokens. The test value is deleted again. */
export async function checkKeychain({ license }: LicensedServer): Promise<Check> {
  const probed = await license.probeKeychain();
  if (!probed.ok) return failed('keychain', probed.failure);
  const held = await license.readSecrets();
  if (!held.ok) return failed('keychain', held.failure);
  if (license.record && !held.value) return failed('keychain', failure('secret_store_damaged'));
  return ok('keychain', held.value ? terminalWords.diagnose.keychainHolds : terminalWords.diagnose.keychainWorks);
}

/** Whether the Authorization server can be reached. Contacts it twice and ignores earlier, cached answers. */
export async function checkConnection(services: CommandServices, server: LicensedServer): Promise<Check> {
  const { license, profile } = server;
  await license.contactServer();
  const { connection } = server;
  if (connection.state === 'offline') return failed('connection', connection.failure);
  const checked = await services.servers.checkIssuer(profile.issuer);
  return checked.ok
    ? ok('connection', terminalWords.diagnose.connected(profile.issuer))
    : failed('connection', checked.failure);
}

/** License Status and Token Expiry. */
export function checkToken(services: CommandServices, server: LicensedServer): Check {
  const { license, refresh } = server;
  const option = serverOption(services, server);
  const view = license.view();
  if (!view) return failed('license', ofServer(services, server, failure('not_licensed'), ''), 'attention');
  const { renewal, token } = view.evaluation;
  const { clock, judgedAt } = services.trustedTime.evaluate();
  const { renewalClock, renewalClockLabel, tokenClock, tokenClockLabel, statusHeadlines } = words.license;
  const line = (label: string, { headline, detail }: { headline: string; detail: string }) =>
    `${label}: ${headline}, ${detail.replace(/\.$/, '')}.`;
  const doubts = words.license.claimDoubts(view.details);
  const dateUnclear = renewal.state === 'licensed' && renewal.dateUnclear === true;
  const { headline, meaning } = words.attention.claimsUnclear;
  const says = [
    `${statusHeadlines[renewal.state]}.`,
    line(renewalClockLabel, renewalClock(view, judgedAt)),
    line(tokenClockLabel, tokenClock(view, judgedAt)),
    ...(doubts.length > 0 ? [`${headline(dateUnclear)}. ${meaning(doubts)}`] : []),
  ];
  const { renew, reacquire, connect } = terminalWords.diagnose;
  if (renewal.state === 'expired') return attention('license', says, doubtOf(clock) ? undefined : reacquire(option));
  // A refresh brings a renewed license. Without a refresh token, only a new authorization does.
  const { withoutRefreshToken } = refresh.view();
  const nextOr = (next: string) => (withoutRefreshToken ? terminalWords.nextStep('authorize_again', { option }) : next);
  if (token.state !== 'fine') return attention('license', says, nextOr(connect));
  if (renewal.state === 'requires_renewal') return attention('license', says, nextOr(renew));
  if (dateUnclear) return attention('license', says, nextOr(renew));
  return { about: 'license', state: 'ok', says };
}

/** Whether the token is refreshed. */
export function checkRefreshing(services: CommandServices, server: LicensedServer): Check {
  const { refresh, license } = server;
  const view = refresh.view();
  if (!license.view()) return ok('refreshing', terminalWords.diagnose.nothingToRefresh);
  if (view.withoutRefreshToken) {
    const expiresAt = license.view()?.details.tokenExpiresAt;
    const facts = expiresAt === undefined ? {} : { expires_at: String(expiresAt) };
    const reason = ofServer(services, server, failure('no_refresh_token', { facts }), '');
    return failed('refreshing', reason, 'attention');
  }
  if (view.lastFailure) {
    const { headline } = words.failureWords(view.lastFailure);
    const check = failed('refreshing', ofServer(services, server, view.lastFailure, 'refresh'));
    return { ...check, says: [words.license.lastTryFailed(view.lastFailureAt, headline), ...check.says.slice(1)] };
  }
  return ok(
    'refreshing',
    words.license.refreshLine(view, services.trustedTime.evaluate().judgedAt, !services.isInPlace),
  );
}
