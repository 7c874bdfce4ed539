import { wordlist } from '@scure/bip39/wordlists/english.js';

export type PairingWords = readonly [string, string, string];

/** Each word stands for 11 bits. */
const bitsOfWord = 11;

/** Three common English words for the first 33 bits, which people at both screens compare. Takes at least 5 bytes. */
export function pairingWords(bytes: Uint8Array): PairingWords {
  const bits = Array.from(bytes.subarray(0, 5), (byte) => byte.toString(2).padStart(8, '0')).join('');
  const word = (place: number): string =>
    wordlist[Number.parseInt(bits.slice(place * bitsOfWord, (place + 1) * bitsOfWord), 2)] ?? '';
  return [word(0), word(1), word(2)];
}
