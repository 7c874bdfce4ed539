import { failure } from '../../../src-shared/result.ts';
import { present } from '../../../src-shared/present.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { words } from '../../../src-shared/words/words.ts';
import { failed, ok, type ServerCheck } from '../preflight-check.ts';

/** Whether the token is refreshed. */
export const refreshing: ServerCheck = {
  check({ server, trustedTime, isInPlace }) {
    const view = server.refresh.view();
    const license = server.license.view();
    if (!license) return ok(preflightWords.nothingToRefresh);
    if (view.withoutRefreshToken) {
      const { tokenExpiresAt } = license.details;
      const facts = { expires_at: tokenExpiresAt === undefined ? undefined : String(tokenExpiresAt) };
      return failed(failure('no_refresh_token', { facts: present(facts) }), 'attention');
    }
    if (view.lastFailure) {
      const found = failed(view.lastFailure);
      const { headline } = words.failureWords(view.lastFailure);
      return { ...found, says: [words.license.lastTryFailed(view.lastFailureAt, headline), ...found.says.slice(1)] };
    }
    return ok(words.license.refreshLine(view, trustedTime.evaluate().judgedAt, !isInPlace));
  },
};
