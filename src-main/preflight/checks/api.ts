import { preflightWords } from '../../../src-shared/words/preflight-words.ts';
import { attention, type ComputerCheck, failed, ok } from '../preflight-check.ts';

/** Whether the local license API is open, if it is on. */
export const api: ComputerCheck = {
  check({ localApi, servers, isInPlace }) {
    const view = localApi.view(servers.shown?.profile.id ?? '');
    if (!view.settings.on) return ok(preflightWords.apiOff);
    if (view.failure) return failed(view.failure);
    if (isInPlace || view.state !== 'listening')
      return attention([preflightWords.apiNotWithoutConsole], { fixer: 'store' });
    return ok(preflightWords.apiListens(view.socket));
  },
};
