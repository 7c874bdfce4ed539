import { expect, it } from 'vitest';
import { fingerprintOf, isSameSecret, pairingKeys } from '../../../../src-main/pairing/pairing-keys.ts';
import { pairingWords } from '../../../../src-main/pairing/pairing-words.ts';

it('both sides derive the same credential and words, which differ for another key or certificate', () => {
  const own = pairingKeys('key', 'aa');
  expect(pairingKeys('key', 'aa')).toEqual(own);
  expect(own.bearer).toMatch(/^[\w-]{43}$/);
  for (const other of [pairingKeys('kex', 'aa'), pairingKeys('key', 'ab')]) {
    expect(other.bearer).not.toBe(own.bearer);
    expect(other.words).not.toEqual(own.words);
  }
});

it('the words do not reveal the credential', () => {
  const { bearer, words } = pairingKeys('key', 'aa');
  expect(pairingWords(Buffer.from(bearer, 'base64url'))).not.toEqual(words);
});

it('each of the three words has 11 bits', () => {
  expect(pairingWords(Buffer.alloc(5))).toEqual(['abandon', 'abandon', 'abandon']);
  expect(pairingWords(Buffer.alloc(5, 255))).toEqual(['zoo', 'zoo', 'zoo']);
  expect(pairingWords(Buffer.from([0, 0x20, 0, 0, 0]))).toEqual(['ability', 'abandon', 'abandon']);
});

it('secrets are equal only if every character is', () => {
  expect(isSameSecret('abc', 'abc')).toBe(true);
  for (const other of ['', 'ab', 'abcd', 'abd', 'ABC']) expect(isSameSecret('abc', other)).toBe(false);
});

it('a fingerprint is the SHA-256 in hex', () => {
  expect(fingerprintOf(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
