import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  labeledLines,
  shown,
  shownAddress,
  shownDocument,
  shownJson,
  shownText,
  showsNothing,
} from '../../../../src-shared/text/shown-text.ts';
import { nastyIn, nastySigns } from '../../../fakes/nasty-texts.ts';
import { said, tries } from '../../../fakes/tries.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.oneof(fc.constantFrom(...Object.values(nastySigns)), fc.string({ unit: 'grapheme', maxLength: 5 })), {
      maxLength: 8,
    })
    .map((parts) => parts.join('')),
);

describe('a text from outside as people see it', () => {
  it.each(Object.entries(nastySigns))('is one line without invisible characters: %s', (_name, signs) => {
    const text = shownText(`Store${signs}014`);
    expect(nastyIn(text)).toBeUndefined();
    expect(text).toMatch(/^Store.*014$/);
    expect(shownText(`${signs} `)).toBe(shownText(signs));
  });

  it.each([
    ['only invisible characters', '\u200B\u2060\uFEFF\u{E0041}\u3164'],
    ['spaces of every kind', ' \t\u00A0\u2003\u3000\u2800'],
    ['a combining mark without a letter', '\u0301\uFE0F'],
    ['nothing', ''],
  ])('is empty: %s', (_name, text) => {
    expect([shownText(text), showsNothing(text)]).toEqual(['', true]);
  });

  it.each([
    ['Persian, with a joiner that it needs', 'می‌خواهم'],
    ['Hindi, with a joiner that it needs', 'क्‍ष'],
    ['Malayalam, with a joiner at the end of a word', 'അവന്‍'],
    ['Sinhala', 'ශ්‍රී ලංකා'],
    ['Arabic with vowels', 'مُحَمَّد'],
    ['Hebrew with points', 'שָׁלוֹם'],
    ['Vietnamese, composed and not', 'Việt Việt'],
    ['Tibetan', 'བསྒྲུབས'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['flags, one of them of tags', '🇩🇪 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['a keycap and a heart', '1️⃣ ❤️'],
    ['a Japanese name with a variant', '葛\u{E0100}城'],
    ['Thai', 'ร้านที่'],
    ['quotes and dashes', 'Müller’s – “Store” №1'],
  ])('stays as it is: %s', (_name, text) => {
    expect(shownText(text)).toBe(text);
    expect(showsNothing(text)).toBe(false);
  });

  it('loses a joiner between characters that it does not join', () => {
    expect(shownText('Sto\u200Dre\u200C 1\uFE0F4')).toBe('Store 14');
    expect(shownText('می\u200C\u200C\u200Cخ')).toBe('میخ');
  });

  it('is cut between characters if there is a limit', () => {
    expect(shownText('Store 014', 6)).toBe('Store…');
    expect(shownText('ab😀cd', 4)).toBe('ab…');
    expect(shownText('Store 014', 9)).toBe('Store 014');
  });

  it(`does not change when it is cleaned again, and never grows: ${said(2_000)} texts`, () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 80 }), (text, most) => {
        const once = shownText(text);
        expect(shownText(once)).toBe(once);
        expect(once.length).toBeLessThanOrEqual(text.length);
        expect(once).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\p{Co}\p{Cn}]|\p{M}{9}|^ | $| {2}/u);
        expect(showsNothing(text)).toBe(once === '');
        expect(shownText(text, most).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: tries(2_000) },
    );
  });
});

describe('labeled lines', () => {
  it('are one for each value, however many lines it has, and none for a missing one', () => {
    const rows = [
      ['Server', 'Store\n014: licensed'],
      ['Code', undefined],
      ['Status', '\u202EActive'],
    ] as const;
    expect(labeledLines(rows)).toBe('Server: Store 014: licensed\nStatus: Active');
  });
});

describe('an address as a browser shows it', () => {
  it.each([
    ['https://auth.example', 'https://auth.example'],
    ['https://auth.example/', 'https://auth.example/'],
    ['HTTPS://Auth.Example:443/a/', 'https://auth.example/a/'],
    ['https://user:secret@auth.example/device', 'https://auth.example/device'],
    ['https://auth.example@evil.example/', 'https://evil.example/'],
    ['https://аuth.example/device?user_code=1', 'https://xn--uth-5cd.example/device?user_code=1'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['https://auth.example/\u202Egnp', 'https://auth.example/%E2%80%AEgnp'],
    ['https://auth.ex\u200Bample/', 'https://auth.example/'],
    ['hub.example:8443', 'hub.example:8443'],
    ['münchen.example/hub', 'xn--mnchen-3ya.example/hub'],
    ['user:secret@hub.example', 'hub.example'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    [String.raw`C:\hub`, String.raw`C:\hub`],
    ['not yet\nknown', 'not yet known'],
  ])('shows %j as %j', (address, expected) => {
    expect(shownAddress(address)).toBe(expected);
    expect(shownAddress(expected)).toBe(expected);
  });
});

describe('all texts in a value', () => {
  const value = {
    server_id: 'a\u200B',
    name: 'b\u202E',
    list: ['c\n', 1, null],
    hub: { url: 'https://me:pw@hub.example', server_id: '\u200Bd' },
  };

  it('are clean at every depth, and a clean value is returned as the same object', () => {
    const clean = shown(value);
    expect(clean).toEqual({
      server_id: 'a',
      name: 'b',
      list: ['c', 1, null],
      hub: { url: 'https://hub.example', server_id: 'd' },
    });
    expect(shown(clean)).toBe(clean);
  });

  it('keep their identifiers as they were signed in a document for programs', () => {
    expect(shownDocument(value)).toMatchObject({ server_id: 'a\u200B', name: 'b', hub: { server_id: '\u200Bd' } });
  });

  it(`have JSON without invisible characters that reads back as the same value: ${said(500)} values`, () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anyText), (made) => {
        expect(shownJson(made)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(JSON.parse(shownJson(made))).toEqual(made);
      }),
      { numRuns: tries(500) },
    );
  });
});
