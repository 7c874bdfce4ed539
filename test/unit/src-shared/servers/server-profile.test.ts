import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isPlainProfile,
  profileSettingsSchema,
  settingLengths,
} from '../../../../src-shared/servers/server-profile.ts';

const usual = {
  issuer: 'https://auth.example',
  edition: 'store',
  serverName: 'Store 014',
  clientId: 'fusion-license-console',
  scope: 'offline_access license',
};

describe('a plain profile', () => {
  it('is what nearly all profiles are', () => {
    expect(isPlainProfile(usual)).toBe(true);
    expect(isPlainProfile({ ...usual, audience: 'urn:a', startAddress: 'https://a.example/', dpop: true })).toBe(true);
  });

  it('is returned by the schema as it is, for 20,000 values of any kind', () => {
    const text = fc.oneof(
      fc.constantFrom('a', 'Store 014', ' a', 'a ', 'a  b', '', '\u007F', 'a\n', 'é'),
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc
        .constantFrom(...Object.values(settingLengths))
        .chain((length) => fc.constantFrom(length, length + 1))
        .map((length) => 'x'.repeat(length)),
    );
    const member = fc.oneof(
      { weight: 8, arbitrary: text },
      fc.constantFrom('store', true, undefined, null),
      fc.jsonValue(),
    );
    const name = fc.constantFrom(...Object.keys(settingLengths), 'edition', 'dpop', 'toString', '__proto__', 'other');
    const changes = fc.array(fc.tuple(name, member), { maxLength: 3 });
    const gone = fc.option(fc.constantFrom(...Object.keys(usual)), { freq: 4 });
    let plain = 0;
    const check = (value: unknown) => {
      if (!isPlainProfile(value)) return;
      plain += 1;
      expect(profileSettingsSchema.safeParse(value)).toEqual({ success: true, data: value });
    };
    const changed = fc.tuple(changes, gone).map(([list, without]) => {
      const entries = Object.entries({ ...usual, ...Object.fromEntries(list) });
      return Object.fromEntries(entries.filter(([key]) => key !== without));
    });
    fc.assert(fc.property(fc.oneof({ weight: 9, arbitrary: changed }, fc.jsonValue()), check), { numRuns: 20_000 });
    expect(plain).toBeGreaterThan(500);
  });
});
