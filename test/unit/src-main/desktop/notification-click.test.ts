import { expect, test } from 'vitest';
import { actOnClick } from '../../../../src-main/desktop/notification-click.ts';
import type { AlertAction } from '../../../../src-shared/notifications/alert.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';

/** What a click on a notification about the server `p2` does, in its order. */
function doneBy(action: AlertAction, isThere = true): readonly string[] {
  const done: string[] = [];
  actOnClick('p2', action, {
    ask: ({ page }) => done.push(`ask ${page}`),
    showServer: (profileId, { page }) => {
      done.push(`show ${profileId} ${page}`);
      return isThere ? succeed(null) : fail('server_unknown');
    },
    openPane: () => done.push('pane'),
    checkLicense: () => done.push('check'),
    unlockKeychain: () => done.push('unlock'),
  });
  return done;
}

test('a click on a notification about many servers opens All servers and leaves the shown server as it is', () => {
  expect(doneBy('show_servers')).toEqual(['ask board']);
  expect(doneBy('open_console')).toEqual(['ask license']);
});

test.each([
  ['open_license', ['show p2 license']],
  ['renew', ['show p2 license', 'pane']],
  ['check_license', ['show p2 license', 'check']],
  ['unlock_keychain', ['show p2 license', 'unlock']],
  ['clock_help', ['show p2 help']],
  ['open_local_api', ['show p2 registers']],
] as const)('a click on the notification of a server shows it and does: %s', (action, done) => {
  expect(doneBy(action)).toEqual(done);
});

test('a click on the notification of a server that is gone does nothing else', () => {
  expect(doneBy('check_license', false)).toEqual(['show p2 license']);
});
