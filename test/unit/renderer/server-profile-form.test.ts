import { describe, expect, test } from 'vitest';
import { draftOf, missingIn, newDraft, settingsOf } from '../../../src-renderer/settings/profile-draft.ts';
import { completedAddress, environmentOf } from '../../../src-shared/authorization-server-address.ts';
import { profileSettingsSchema } from '../../../src-shared/server-profile.ts';

describe('an address with its beginning left out', () => {
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

describe('the environment in the title', () => {
  test.each([
    ['https://auth.example.com', 'auth.example.com', false],
    ['https://sandbox.auth.example.com', 'sandbox.auth.example.com', true],
    ['http://127.0.0.1:4455', '127.0.0.1:4455', true],
    ['http://[::1]:4455', '[::1]:4455', true],
    ['not an address', 'not an address', false],
  ])('%s', (issuer, host, sandbox) => {
    expect(environmentOf(issuer)).toEqual({ host, sandbox });
  });
});

describe('the form', () => {
  test('a new one lacks the address, the edition and the name, and has the shipped defaults', () => {
    expect(Object.keys(missingIn(newDraft()))).toEqual(['issuer', 'edition', 'serverName']);
    expect(Object.keys(missingIn(newDraft('https://auth.example.com')))).toEqual(['edition', 'serverName']);
  });

  test('filled in, it gives settings that main accepts, without empty optional ones', () => {
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

  test('binding to a key is off unless it was turned on, and can be turned off again', () => {
    const draft = { ...newDraft(), edition: 'store', serverName: 'Store 014' } as const;
    expect(settingsOf(draft, 'https://auth.example.com')).not.toHaveProperty('dpop');
    const on = settingsOf({ ...draft, dpop: true }, 'https://auth.example.com');
    expect(profileSettingsSchema.parse(on)).toMatchObject({ dpop: true });
    expect(on && draftOf(on).dpop).toBe(true);
    expect(on && settingsOf({ ...draftOf(on), dpop: false }, on.issuer)).not.toHaveProperty('dpop');
  });
});
