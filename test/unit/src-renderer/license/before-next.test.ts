import { describe, expect, it } from 'vitest';
import { attentionsOf } from '../../../../src-renderer/license/attention.ts';
import { foundBeforeNext } from '../../../../src-renderer/license/before-next.ts';
import type { ConsoleState } from '../../../../src-shared/window/console-state.ts';
import type { FailureCode } from '../../../../src-shared/failure-codes.ts';
import {
  type CheckId,
  type CheckResult,
  checksOfComputer,
  checksOfServer,
  type PreflightView,
  stages,
} from '../../../../src-shared/support/preflight.ts';
import { failure } from '../../../../src-shared/result.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

const idle = consoleStateOf('not-licensed');

function withFound(state: ConsoleState, ...results: readonly CheckResult[]) {
  return foundBeforeNext(state, { askedBy: 'console', state: 'done', results }).map(({ check }) => check);
}
const failed = (check: CheckId, code: FailureCode): CheckResult => ({
  check,
  state: 'failed',
  says: ['Wrong.'],
  failure: failure(code),
});
const attention = (check: CheckId): CheckResult => ({ check, state: 'attention', says: ['Look.'] });

describe('the notice of the checks before the first Next', () => {
  it('is absent if nothing is wrong', () => {
    expect(
      withFound(idle, { check: 'network', state: 'ok', says: [] }, { check: 'keys', state: 'skipped', says: [] }),
    ).toEqual([]);
  });

  it('shows a failed check first, then one that needs attention', () => {
    expect(withFound(idle, attention('storage'), failed('proxy', 'proxy_refused'))).toEqual(['proxy', 'storage']);
  });

  it('leaves out checks on which no license depends', () => {
    const all = [...checksOfComputer, ...checksOfServer];
    const needed: readonly CheckId[] = ['storage', 'clock', 'keychain', ...stages];
    const wrong = all.map((check) => failed(check, 'internal_error'));
    expect(withFound(idle, ...wrong)).toEqual(all.filter((check) => needed.includes(check)));
  });

  it('leaves out an unusual finding if the connection works', () => {
    expect(withFound(idle, attention('certificate'))).toEqual([]);
    expect(withFound(idle, attention('certificate'), failed('keys', 'signing_keys_refused'))).toEqual([
      'keys',
      'certificate',
    ]);
  });

  it('says nothing about the own connection while a laptop lends its own, until that breaks', () => {
    const found = [failed('name', 'network_unreachable'), failed('keychain', 'secret_store_locked')];
    expect(withFound(idle, ...found)).toEqual(['name', 'keychain']);
    expect(withFound(consoleStateOf('laptop-unconfirmed'), ...found)).toEqual(['keychain']);
    for (const broken of ['laptop-no-answer', 'laptop-ended'])
      expect(withFound(consoleStateOf(broken), ...found), broken).toEqual(['name', 'keychain']);
  });

  it('is absent once there is a license, or one is being acquired', () => {
    const found = failed('keychain', 'secret_store_locked');
    expect(withFound(idle, found)).toEqual(['keychain']);
    expect(withFound(consoleStateOf('licensed'), found)).toEqual([]);
    expect(withFound({ ...idle, acquisition: { state: 'requesting_code' } }, found)).toEqual([]);
    expect(withFound(consoleStateOf('removed'), found)).toEqual([]);
  });

  const offline = failure('network_unreachable');
  it.each<[string, CheckResult, Partial<ConsoleState>]>([
    [
      'a wrong clock',
      failed('clock', 'clock_wrong'),
      { clock: { state: 'wrong', localAt: 0, trustedAt: 1, behind: true } as unknown as ConsoleState['clock'] },
    ],
    [
      'settings that cannot be written',
      failed('storage', 'settings_not_written'),
      { notices: [{ id: 'settings_not_written' }] },
    ],
    [
      'a server that the page on the right does not reach either',
      failed('connection', 'network_unreachable'),
      { pane: { ...idle.pane, open: true, failure: offline } },
    ],
    [
      'a proxy that the console asks about',
      failed('proxy', 'proxy_sign_in'),
      { signInQuestion: { id: 1, kind: 'proxy', proxy: 'proxy.example:3128', again: false } as never },
    ],
    [
      'a proxy that the console has asked about',
      failed('proxy', 'proxy_sign_in'),
      { proxySignIn: { proxy: 'proxy.example:3128', kept: false, unsaved: false } },
    ],
  ])('does not repeat %s', (_what, found, said) => {
    expect(withFound(idle, found)).toEqual([found.check]);
    expect(withFound({ ...idle, ...said }, found)).toEqual([]);
  });

  it.each(Object.keys(consoleStates))('repeats nothing on the page in the state %s', (name) => {
    const state = consoleStateOf(name);
    const { acquisition, pane } = state;
    const said: readonly string[] = [
      ...attentionsOf(state).map((each) => ('failure' in each && each.failure?.code) || each.kind),
      ...(acquisition.state === 'failed' ? [acquisition.failure.code] : []),
      ...(pane.open && pane.failure ? [pane.failure.code] : []),
      ...state.notices.map(({ id }) => id),
    ];
    const found = foundBeforeNext(state, everythingWrongIn(state)).map((each) => each.failure?.code ?? each.check);
    expect(found.filter((code) => said.includes(code))).toEqual([]);
    expect(new Set(found).size).toBe(found.length);
  });
});

/** The findings of the checks if everything in the snapshot is wrong. */
function everythingWrongIn({ keychain, connection, clock, notices, pane, acquisition }: ConsoleState): PreflightView {
  const results = [
    ...(keychain ? [failed('keychain', keychain.code)] : []),
    ...(connection.state === 'offline' ? [failed('connection', connection.failure.code)] : []),
    ...(pane.failure ? [failed('portal', pane.failure.code)] : []),
    ...(acquisition.state === 'failed' ? [failed('authorization_server', acquisition.failure.code)] : []),
    ...(clock.state === 'wrong' || clock.doubt ? [failed('clock', 'clock_wrong')] : []),
    ...(notices.some(({ id }) => id === 'settings_not_written') ? [failed('storage', 'settings_not_written')] : []),
  ];
  return { askedBy: 'console', state: 'done', results };
}
