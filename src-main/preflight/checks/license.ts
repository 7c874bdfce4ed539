import { doubtOf } from '../../../src-shared/license/license-status.ts';
import { failure } from '../../../src-shared/result.ts';
import { words } from '../../../src-shared/words/words.ts';
import { attention, failed, ok, type ServerCheck } from '../preflight-check.ts';

/** License Status and Token Expiry. */
export const license: ServerCheck = {
  check({ server, trustedTime }) {
    const view = server.license.view();
    if (!view) return failed(failure('not_licensed'), 'attention');
    const { renewal, token } = view.evaluation;
    const { clock, judgedAt } = trustedTime.evaluate();
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
    if (renewal.state === 'expired') return attention(says, { advice: doubtOf(clock) ? undefined : 'acquire_again' });
    // A refresh brings a renewed license. Without a refresh token, only a new authorization does.
    const { withoutRefreshToken } = server.refresh.view();
    if (token.state !== 'fine') return attention(says, { advice: withoutRefreshToken ? 'authorize_again' : 'connect' });
    if (renewal.state === 'requires_renewal' || dateUnclear)
      return attention(says, { advice: withoutRefreshToken ? 'authorize_again' : 'renew' });
    return ok(...says);
  },
};
