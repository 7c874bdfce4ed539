import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  completedAddress,
  environmentOf,
  readAddress,
  plainIssuer,
} from '../../../../src-shared/servers/authorization-server-address.ts';
import {
  draftOf,
  movedDraft,
  newDraft,
  type ProfileDraft,
  settingsOf,
  troublesIn,
} from '../../../../src-shared/servers/profile-draft.ts';
import {
  profileSettingsSchema,
  settingLengths,
  type TextSetting,
} from '../../../../src-shared/servers/server-profile.ts';
import { tries } from '../../../fakes/tries.ts';
import { usualServerName } from '../../../../src-shared/servers/profile-defaults.ts';
import { words } from '../../../../src-shared/words/words.ts';

describe('an address typed without its scheme', () => {
  test.each([
    ['auth.example.com', 'https://auth.example.com'],
    [' auth.example.com/realm ', 'https://auth.example.com/realm'],
    ['//auth.example.com', 'https://auth.example.com'],
    ['localhost:4455', 'http://localhost:4455'],
    ['127.0.0.1:4455', 'http://127.0.0.1:4455'],
    ['https://auth.example.com', null],
    ['http://auth.example.com', null],
    ['javascript:alert(1)', null],
    ['two words', null],
    ['', null],
  ])('%j: %j', (typed, expected) => {
    expect(completedAddress(typed)).toBe(expected);
  });
});

describe('an issuer as it is usually written', () => {
  test.each([
    ['https://auth.example.com', 'https://auth.example.com'],
    ['https://auth.example.com/', 'https://auth.example.com'],
    ['HTTPS://Auth.Example.com:443/Device', 'https://auth.example.com/Device'],
    ['https://bank.example@auth.example.com/device', 'https://auth.example.com/device'],
    ['https://me:secret@auth.example.com/?a=b', 'https://auth.example.com/?a=b'],
    ['https://m\u00fcnchen.example/\u00fc', 'https://xn--mnchen-3ya.example/%C3%BC'],
    ['https://\u0430uth.example.com/', 'https://xn--uth-5cd.example.com'],
    ['https://auth.example.com/\u202eecived', 'https://auth.example.com/%E2%80%AEecived'],
    ['http://[::1]:4455/device', 'http://[::1]:4455/device'],
    ['not an address', 'not an address'],
  ])('%j: %j', (address, shown) => {
    expect(plainIssuer(address)).toBe(shown);
  });

  test('keeps host and port of any web address in plain characters, without credentials, and does not change again', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.domain(), text, text, text, text, (host, pathname, search, username, password) => {
        const address = Object.assign(new URL(`https://${host}`), { pathname, search, username, password });
        const shown = plainIssuer(address.href);
        expect(shown).toMatch(/^[\x21-\x7e]+$/);
        expect(new URL(shown)).toMatchObject({
          host: address.host,
          pathname: address.pathname,
          username: '',
          password: '',
        });
        expect(plainIssuer(shown)).toBe(shown);
      }),
    );
  });
});

describe('the environment in the title', () => {
  test.each([
    ['https://auth.example.com', 'auth.example.com', null],
    ['https://sandbox.auth.example.com', 'sandbox.auth.example.com', null],
    ['http://127.0.0.1:4455', '127.0.0.1:4455', 'this_computer'],
    ['http://[::1]:4455', '[::1]:4455', 'this_computer'],
    ['http://localhost', 'localhost', 'this_computer'],
    ['http://auth.localhost:80/realm', 'auth.localhost', 'this_computer'],
    ['not an address', 'not an address', null],
  ])('is the sandbox only if the server of %s says so', (issuer, host, kind) => {
    expect(environmentOf(issuer, { isSandbox: false })).toEqual({ host, kind });
    expect(environmentOf(issuer, { isSandbox: true })).toEqual({ host, kind: 'sandbox' });
  });
});

describe('the settings form', () => {
  test('lacks the address and the edition at first, may have no name, and has the shipped defaults', () => {
    expect(Object.keys(troublesIn(newDraft()))).toEqual(['edition', 'issuer']);
    expect(Object.keys(troublesIn(newDraft('https://auth.example.com')))).toEqual(['edition']);
    const unnamed = settingsOf({ ...newDraft(), edition: 'store', serverName: ' ' }, 'https://auth.example.com');
    expect(unnamed?.serverName).toBe(usualServerName);
  });

  test('explains an e-mail address', () => {
    const draft = { ...newDraft('me@example.com'), edition: 'store' } as const;
    expect(troublesIn(draft)).toEqual({ issuer: words.profileForm.isEmail });
  });

  test('gives settings that main accepts once it is filled in, without empty optional ones', () => {
    const draft = { ...newDraft('auth'), edition: 'store', serverName: ' Store 014 ', audience: ' ' } as const;
    const settings = settingsOf(draft, 'https://auth.example.com');
    expect(profileSettingsSchema.safeParse(settings).success).toBe(true);
    expect(settings).toMatchObject({ issuer: 'https://auth.example.com', serverName: 'Store 014' });
    expect(settings).not.toHaveProperty('audience');
    expect(settings).not.toHaveProperty('resource');
    expect(settingsOf({ ...draft, resource: ' urn:r ' }, 'https://auth.example.com')).toMatchObject({
      resource: 'urn:r',
    });
  });

  test('reports no trouble exactly when main accepts the settings', () => {
    const text = fc.oneof(fc.constantFrom('', ' ', 'a', '\t', 'a\nb', 'a\u0085b'), fc.string({ unit: 'binary' }));
    const long = fc.nat({ max: 3 }).map((more) => 'x'.repeat(499 + more));
    const textFields = Object.keys(settingLengths) as readonly TextSetting[];
    const drafts = fc.record(
      {
        ...Object.fromEntries(textFields.map((field) => [field, fc.oneof(text, long)])),
        edition: fc.constantFrom(null, 'store'),
        dpop: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const good = { ...newDraft('https://auth.example.com'), edition: 'store', serverName: 'Store 014' } as const;
    fc.assert(
      fc.property(drafts, (changes) => {
        const draft: ProfileDraft = { ...good, ...changes };
        const settings = settingsOf(draft, draft.issuer);
        const isAccepted = profileSettingsSchema.safeParse(settings).success && !readAddress(draft.issuer).isEmail;
        expect(Object.keys(troublesIn(draft)).length === 0).toBe(isAccepted);
      }),
      { numRuns: tries(500) },
    );
  });

  test('reports what does not fit, also for an optional setting', () => {
    const draft = { ...newDraft('https://auth.example.com'), edition: 'store', serverName: 'Store 014' } as const;
    const { tooLong, missing } = words.profileForm;
    expect(troublesIn({ ...draft, resource: 'x'.repeat(501), scope: ' ', audience: 'a\tb' })).toEqual({
      scope: missing.scope,
      resource: tooLong(500),
      audience: tooLong(500),
    });
  });

  test('keeps what is being typed and follows other changes if the settings change elsewhere', () => {
    const before = { ...newDraft('https://auth.example.com'), edition: 'store', serverName: 'Store 014' } as const;
    const typing = { ...before, serverName: 'Store 015' };
    const now = { ...before, resource: 'urn:r', serverName: 'Store 7' };
    expect(movedDraft(typing, before, now)).toEqual({ ...now, serverName: 'Store 015' });
    expect(movedDraft(before, before, now)).toEqual(now);
  });

  test('has DPoP off unless it was turned on, and can turn it off again', () => {
    const draft = { ...newDraft(), edition: 'store', serverName: 'Store 014' } as const;
    expect(settingsOf(draft, 'https://auth.example.com')).not.toHaveProperty('dpop');
    const on = settingsOf({ ...draft, dpop: true }, 'https://auth.example.com');
    expect(profileSettingsSchema.parse(on)).toMatchObject({ dpop: true });
    expect(on && draftOf(on).dpop).toBe(true);
    expect(on && settingsOf({ ...draftOf(on), dpop: false }, on.issuer)).not.toHaveProperty('dpop');
  });
});
