import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LicenseSecrets } from '../../src-main/license/license-record.ts';

/** The number of characters of a secret that count as a match. */
const pieceLength = 20;

/** A text, or the bytes of a key. */
export type Secret = string | Buffer;

/** The secret parts of the key that a license is bound to (RFC 9449): as in its JWK, and as bytes as a signer holds them. */
export function keySecrets(license: LicenseSecrets | null): ReadonlyMap<string, Secret> {
  const { d } = license?.dpopKey ?? {};
  return new Map<string, Secret>(
    d === undefined
      ? []
      : [
          ['dpop_key', d],
          ['dpop_key as bytes', Buffer.from(d, 'base64url')],
        ],
  );
}

/**
 * Searches bytes for secrets. Looks for several pieces of each secret as text, as UTF-16, and as base64 at each of the three
 * offsets; for a key also as bytes and in hexadecimal.
 */
export class SecretSearch {
  readonly #needles: readonly { readonly name: string; readonly bytes: Buffer }[];

  /** `plain` skips base64, for searching large amounts of data. */
  constructor(secrets: ReadonlyMap<string, Secret>, forms: 'all' | 'plain' = 'all') {
    this.#needles = [...secrets].flatMap(([name, secret]) =>
      needlesOf(secret, forms).map((bytes) => ({ name, bytes })),
    );
  }

  get patterns(): number {
    return this.#needles.length;
  }

  /** The names of the secrets that the bytes contain. */
  findIn(bytes: Buffer): string[] {
    return [...new Set(this.#needles.filter((needle) => bytes.includes(needle.bytes)).map(({ name }) => name))];
  }

  /** Searches every file below a folder. Returns the number of files, and the files with the secrets found in them. */
  findBelow(folder: string): { readonly files: number; readonly found: string[] } {
    const found: string[] = [];
    let files = 0;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      files += 1;
      const path = join(entry.parentPath, entry.name);
      found.push(...this.findIn(readFileSync(path)).map((name) => `${name} in ${path.slice(folder.length + 1)}`));
      found.push(...this.findIn(Buffer.from(entry.name)).map((name) => `${name} as a file's name`));
    }
    return { files, found };
  }
}

function needlesOf(secret: Secret, forms: 'all' | 'plain'): Buffer[] {
  const bytes = Buffer.from(secret as string);
  const pieces = piecesOf(typeof secret === 'string' ? secret : secret.toString('hex'));
  const plain = pieces.flatMap((piece) => [Buffer.from(piece, 'latin1'), Buffer.from(piece, 'utf16le')]);
  if (typeof secret !== 'string') plain.push(bytes.subarray(0, pieceLength), bytes.subarray(-pieceLength));
  if (forms === 'plain') return plain;
  const encoded = [0, 1, 2].flatMap((offset) => {
    const base64 = Buffer.concat([Buffer.alloc(offset, ' '), bytes]).toString('base64');
    // Both ends of the base64 text depend on the neighbouring bytes, so they are cut off.
    return piecesOf(base64.slice(4, -4));
  });
  const inUrls = encoded.map((piece) => piece.replaceAll('+', '-').replaceAll('/', '_'));
  return [...plain, ...[...encoded, ...inUrls].map((piece) => Buffer.from(piece))];
}

/** Pieces from both ends and the middle of each part of a token. A JWT's first part is skipped, because all tokens share it. */
function piecesOf(text: string): string[] {
  const parts = text.includes('.') ? text.split('.').slice(1) : [text];
  return parts.flatMap((part) => {
    if (part.length <= pieceLength) return [part];
    const middle = Math.floor((part.length - pieceLength) / 2);
    return [part.slice(0, pieceLength), part.slice(middle, middle + pieceLength), part.slice(-pieceLength)];
  });
}
