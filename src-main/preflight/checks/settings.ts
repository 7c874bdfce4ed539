import { failure } from '../../../src-shared/result.ts';
import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { words } from '../../../src-shared/words/words.ts';
import { lossIn } from '../../servers/settings-loss.ts';
import { attention, type ComputerCheck, failed, ok } from '../preflight-check.ts';

/** Whether the settings were read without problems, and whether they contain a server. */
export const settings: ComputerCheck = {
  check({ servers, notices }) {
    const count = servers.all.length;
    if (count === 0) return failed(lossIn(notices.all) ?? failure('no_server'));
    const known = preflightWords.servers(count);
    if (notices.all.length === 0) return ok(known);
    return attention([known, ...notices.all.map((notice) => words.notices[notice.id](notice))], { fixer: 'store' });
  },
};
