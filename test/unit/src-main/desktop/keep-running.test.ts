import { describe, expect, it } from 'vitest';
import { KeepRunning } from '../../../../src-main/desktop/keep-running.ts';
import type { LoginItem } from '../../../../src-main/ports/login-item.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';

function choice(keepsRunning?: boolean) {
  const kept = {
    keepsRunning,
    saveKeepsRunning(on: boolean) {
      kept.keepsRunning = on;
      return succeed(null);
    },
  };
  return kept;
}
function loginItem(state: 'on' | 'off' | 'unavailable'): LoginItem {
  let now = state;
  return {
    state: () => now,
    startsAnother: () => null,
    set(on) {
      if (now === 'unavailable') return fail('login_item_refused');
      now = on ? 'on' : 'off';
      return succeed(null);
    },
  };
}

describe('closing the window', () => {
  it.each([
    [undefined, true, 'keep_running'],
    [undefined, false, 'quit'],
    [true, true, 'stay'],
    [true, false, 'stay'],
    [false, true, 'quit'],
    [false, false, 'quit'],
  ] as const)('with the choice %s and a license %s leads to %s', (chosen, licensed, expected) => {
    const keepRunning = new KeepRunning(choice(chosen), loginItem('off'), 'till');
    expect(keepRunning.whenClosed({ hasWork: licensed, helps: false })).toBe(expected);
  });

  it.each([
    [undefined, 'shown', 'end_help'],
    [false, 'shown', 'end_help'],
    [true, 'shown', 'stay'],
    // Nobody would see that the help goes on.
    [true, 'unsure', 'end_help'],
  ] as const)(
    'while servers are helped, with the choice %s and a tray icon %s, leads to %s',
    (chosen, tray, expected) => {
      const keepRunning = new KeepRunning(choice(chosen), loginItem('off'), 'till');
      keepRunning.tray = tray;
      expect(keepRunning.whenClosed({ hasWork: false, helps: true })).toBe(expected);
    },
  );

  it('asks once and keeps the answer', () => {
    const kept = choice();
    const keepRunning = new KeepRunning(kept, loginItem('off'), 'till');
    expect(keepRunning.view('keep_running')).toMatchObject({ keepsRunning: 'not_asked', account: 'till' });
    keepRunning.setKeepsRunning(true);
    expect(kept.keepsRunning).toBe(true);
    expect(keepRunning.whenClosed({ hasWork: true, helps: false })).toBe('stay');
    expect(keepRunning.view(false)).toMatchObject({ keepsRunning: 'yes', asking: false });
  });
});

describe('the start at sign-in', () => {
  it('is unknown until the system is asked, and then as the system reports', () => {
    const keepRunning = new KeepRunning(choice(), loginItem('off'), 'till');
    expect(keepRunning.view(false).startsAtLogin).toBe('unknown');
    keepRunning.readLoginItem();
    expect(keepRunning.view(false).startsAtLogin).toBe('off');
    expect(keepRunning.setStartsAtLogin(true).ok).toBe(true);
    expect(keepRunning.view(false).startsAtLogin).toBe('on');
  });

  it('is read again, since the settings of the system can change it', () => {
    const item = loginItem('on');
    const keepRunning = new KeepRunning(choice(), item, 'till');
    expect(keepRunning.readLoginItem()).toBe(true);
    expect(keepRunning.readLoginItem()).toBe(false);
    item.set(false);
    expect(keepRunning.readLoginItem()).toBe(true);
    expect(keepRunning.view(false).startsAtLogin).toBe('off');
  });

  it('causes a failure with a code if the system refuses', () => {
    const keepRunning = new KeepRunning(choice(), loginItem('unavailable'), 'till');
    expect(keepRunning.setStartsAtLogin(true)).toMatchObject({ ok: false, failure: { code: 'login_item_refused' } });
    expect(keepRunning.view(false).startsAtLogin).toBe('unavailable');
  });
});
