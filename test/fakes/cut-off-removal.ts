import { nodeSeal } from '../../src-main/adapters/computer/node-seal.ts';
import { parseKeptRecord } from '../../src-main/license/license-record.ts';
import { sealedText } from '../../src-main/license/record-keeper.ts';
import type { ConsoleAtWork } from './console-at-work.ts';

/** Leaves the record on disk as if a power failure had interrupted a removal after its first step. */
export function cutOffRemoval({ documents, kept }: ConsoleAtWork): void {
  const stored = JSON.parse(documents.files.get('license.p1') ?? '') as Record<string, unknown>;
  const parsed = parseKeptRecord({ ...stored, removing: 'here' });
  if (!parsed || !kept) throw new Error('not licensed');
  const seal = nodeSeal.of(kept.recordKey, sealedText(parsed.record, parsed.sealed.trustedAt));
  documents.files.set('license.p1', JSON.stringify({ ...parsed.record, ...parsed.sealed, seal }));
}
