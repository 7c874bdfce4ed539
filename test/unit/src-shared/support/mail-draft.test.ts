import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailtoAddress } from '../../../../src-shared/support/mail-draft.ts';

const draft = (changes: Partial<Parameters<typeof mailtoAddress>[0]>) => ({
  to: '',
  subject: 'Subject',
  lines: ['Text'],
  ...changes,
});

describe('the mailto address of a draft', () => {
  it('has the receiver, the subject and the text, and separates lines by CRLF (RFC 6068 §5)', () => {
    expect(
      mailtoAddress({ to: 'help.desk+store@fusion.example', subject: 'A & B', lines: ['One', '', 'https://a/?b=c&d'] }),
    ).toBe(
      'mailto:help.desk+store@fusion.example?subject=A%20%26%20B&body=One%0D%0A%0D%0Ahttps%3A%2F%2Fa%2F%3Fb%3Dc%26d',
    );
  });

  it.each([
    'boss@a.example?cc=evil@b.example',
    'boss@a.example&cc=evil@b.example',
    'boss@a.example,evil@b.example',
    'boss@a.example%0D%0ABcc:evil@b.example',
    'boss@a.example\r\nBcc: evil@b.example',
    'Boss <boss@a.example>',
    'boss',
    '@',
  ])('does not exist for the receiver %j', (to) => {
    expect(mailtoAddress(draft({ to }))).toBeNull();
  });

  it.each(['a\r\nBcc: evil@b.example', 'a\nb', 'a\u0000', 'a\u0085', '\uD800'])(
    'does not exist for a subject or line with %j',
    (text) => {
      expect(mailtoAddress(draft({ subject: text }))).toBeNull();
      expect(mailtoAddress(draft({ lines: ['Text', text] }))).toBeNull();
    },
  );

  it('has at most 2000 characters, which is what Windows opens', () => {
    const rest = 'mailto:?subject=Subject&body='.length;
    expect(mailtoAddress(draft({ lines: ['x'.repeat(2000 - rest)] }))).toHaveLength(2000);
    expect(mailtoAddress(draft({ lines: ['x'.repeat(2001 - rest)] }))).toBeNull();
  });

  it('contains only a subject and a body, whatever the text is, and can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const address = mailtoAddress(draft({ subject: text, lines: [text, text] }));
        if (address === null) return;
        expect(address).toMatch(/^mailto:\?subject=[\w.~%-]*&body=[\w.~%-]*$/);
        const { searchParams } = new URL(address);
        expect([...searchParams]).toEqual([
          ['subject', text],
          ['body', `${text}\r\n${text}`],
        ]);
      }),
    );
  });
});
