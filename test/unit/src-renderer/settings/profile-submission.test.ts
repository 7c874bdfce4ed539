import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkAndKeep } from '../../../../src-renderer/settings/profile-submission.ts';
import { newDraft } from '../../../../src-shared/servers/profile-draft.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';

const issuer = 'https://auth.example';
const draft = { ...newDraft(`${issuer}/oauth/sign-in`), edition: 'store' as const };

let calls: string[];
let isCancelled: boolean;
/** Happens while the main process asks the Authorization server. */
let meanwhile: () => void;
let answer: unknown;

beforeEach(() => {
  calls = [];
  isCancelled = false;
  meanwhile = () => {};
  answer = succeed({ issuer });
  const call = async (name: string) => {
    calls.push(name);
    if (name !== 'profile.check') return succeed(null);
    meanwhile();
    return answer;
  };
  vi.stubGlobal('window', { licenseConsole: { call, on: () => () => {} } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const keep = () => checkAndKeep('profile.add', draft, () => isCancelled);

describe('the settings of a new server', () => {
  it('are kept once their address was checked, which is then as the Authorization server writes it', async () => {
    expect(await keep()).toBe(issuer);
    expect(calls).toEqual(['profile.check', 'profile.add']);
  });

  it('are not kept if the form was cancelled while the address was checked', async () => {
    meanwhile = () => {
      isCancelled = true;
    };
    expect(await keep()).toBeNull();
    expect(calls).toEqual(['profile.check']);
  });

  it('are not kept if the check fails, and no other address is tried after the form was cancelled', async () => {
    answer = fail('metadata_not_found');
    expect(await keep()).toMatchObject({ about: 'issuer', failure: { code: 'metadata_not_found' } });
    expect(calls).toEqual(['profile.check', 'profile.check', 'profile.check']);
    calls = [];
    meanwhile = () => {
      isCancelled = true;
    };
    expect(await keep()).toBeNull();
    expect(calls).toEqual(['profile.check']);
  });
});
