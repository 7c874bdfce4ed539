/** What the two fields hold, for `laptop.pair`, or which of them a person still has to fill. */
export type TypedPairing =
  | { readonly missing: 'both' | 'code' }
  | { readonly missing: null; readonly address: string; readonly code: string };

/** Every address that a laptop shows has one of these. A pairing code and the text of the QR code have letters alone. */
const inAddresses = /[\p{Nd}:.]/u;

/** Reads the two fields. A scanner types the whole QR code where the keyboard is, which is the first field. */
export function typedPairing(address: string, code: string): TypedPairing {
  if (code.trim() !== '') return { missing: null, address, code };
  if (address.trim() === '') return { missing: 'both' };
  if (inAddresses.test(address.normalize('NFKC'))) return { missing: 'code' };
  return { missing: null, address: '', code: address };
}
