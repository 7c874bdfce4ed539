import { doubtOf } from '../../src-shared/license-status.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { CommandServices } from './command-services.ts';
import { attention, type Check, failed, ok } from './diagnose-checks.ts';
import { failure } from '../../src-shared/result.ts';

/** Whether the settings were read without problems, and whether they contain a server. */
export function checkSettings(services: CommandServices): Check {
  const notices = services.notices.all;
  const names = services.servers.all.map(({ profile }) => profile.serverName);
  if (names.length === 0) return failed('settings', failure('no_server'));
  const known = terminalWords.diagnose.servers(names.length);
  if (notices.length === 0) return ok('settings', known);
  return attention('settings', [known, ...notices.map((notice) => words.notices[notice.id](notice))]);
}

export function checkClock(services: CommandServices): Check {
  const { clock } = services.trustedTime.evaluate();
  const doubt = doubtOf(clock);
  if (doubt) return attention('clock', [terminalWords.clockIsInDoubt(doubt)]);
  if (clock.state === 'right') return ok('clock', terminalWords.diagnose.clockRight);
  return { ...failed('clock', failure('clock_wrong')), says: [terminalWords.clockIsWrong(clock)] };
}

/** Whether the license is refreshed while no window is open. */
export function checkBackground(services: CommandServices): Check {
  const { diagnose } = terminalWords;
  const { startsAtLogin, keepsRunning } = services.background();
  const now = services.isInPlace ? diagnose.notRunning : diagnose.running;
  const login = startsAtLogin === 'on' ? diagnose.startsAtLogin : diagnose.startsNotAtLogin;
  const closing = keepsRunning === 'no' ? [diagnose.endsWithWindow] : [];
  if (startsAtLogin === 'on' && keepsRunning !== 'no') return ok('background', `${now} ${login}`);
  return attention('background', [now, login, ...closing], diagnose.scheduler);
}

export function checkApi(services: CommandServices): Check {
  const view = services.localApi.view(services.servers.shown?.profile.id ?? '');
  if (!view.settings.on) return ok('api', terminalWords.diagnose.apiOff);
  if (view.failure) return failed('api', view.failure);
  if (services.isInPlace || view.state !== 'listening') return attention('api', [terminalWords.api.notWithoutConsole]);
  return ok('api', terminalWords.diagnose.apiListens(view.socket));
}
