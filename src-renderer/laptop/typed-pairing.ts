/** What the two fields contain, for `laptop.pair`, or the field that a person still has to fill in. */
export type TypedPairing =
  | { readonly missing: 'both' | 'code' }
  | { readonly missing: null; readonly address: string; readonly code: string };

/** Every address that a laptop shows contains one of these. A pairing code and the text of the QR code contain only letters. */
const inAddresses = /[\p{Nd}:.]/u;

/** Reads the two fields. A scanner types the whole QR code into the field with the focus, which is the first one. */
export function typedPairing(address: string, code: string): TypedPairing {
  if (code.trim() !== '') return { missing: null, address, code };
  if (address.trim() === '') return { missing: 'both' };
  if (inAddresses.test(address.normalize('NFKC'))) return { missing: 'code' };
  return { missing: null, address: '', code: address };
}
