import { describe, expect, it } from 'vitest';
import {
  asLetters,
  fromLetters,
  groupedCode,
  makePairingCode,
  readPairingCode,
} from '../../../../src-main/pairing/pairing-code.ts';

describe('a pairing code', () => {
  it('has eight letters, in two groups for people', () => {
    const code = makePairingCode();
    expect(code).toMatch(/^[BCDFGHJKLNPRSTVX]{8}$/);
    expect(groupedCode('BCDFGHJK')).toBe('BCDF GHJK');
    expect(readPairingCode(groupedCode(code))).toBe(code);
  });

  it('is different each time', () => {
    expect(new Set(Array.from({ length: 500 }, makePairingCode)).size).toBe(500);
  });

  it.each([
    'BCDFGHJK',
    'bcdfghjk',
    'bcDF GHJk',
    ' BCDF-GHJK\r\n',
    'B.C.D.F_G H J K',
    'bcdf–ghjk',
    'ＢＣＤＦ ＧＨＪＫ',
    'BCDF\tGHJK\n',
  ])('is read from %j', (typed) => {
    expect(readPairingCode(typed)).toBe('BCDFGHJK');
  });

  it.each([
    '',
    'BCDFGHJ',
    'BCDFGHJKB',
    'ACDFGHJK',
    '8CDFGHJK',
    'BCDFGHJß',
    'BCDF/GHJK',
    'ВСDFGHJK',
    'B'.repeat(100_000),
    `${' '.repeat(1000)}BCDFGHJK`,
  ])('is not %j', (typed) => {
    expect(readPairingCode(typed)).toBeNull();
  });

  it('writes and reads bytes as letters', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    expect(fromLetters(asLetters(bytes))).toEqual(bytes);
    for (const text of ['B', 'AB', 'bb', 'B ']) expect(fromLetters(text)).toBeNull();
  });
});
