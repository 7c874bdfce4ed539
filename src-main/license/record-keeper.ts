import type { UnreadFile } from '../../src-shared/window/console-state.ts';
import { present } from '../../src-shared/present.ts';
import type { Result } from '../../src-shared/result.ts';
import { type DocumentStore, unreadFileOf } from '../ports/document-store.ts';
import type { Seal } from '../ports/seal.ts';
import { latestDueAt, pausesUntil } from './evaluate-license.ts';
import { type KeptRecord, type LicenseRecord, parseKeptRecord } from './license-record.ts';
import type { TrustedTime } from '../time/trusted-time.ts';

/** `unsealed`: there is nothing to compare, for example before the first license. */
type SealCheck = 'intact' | 'altered' | 'unsealed';

export interface RecordKeeperDeps {
  readonly documents: DocumentStore;
  readonly seal: Seal;
  readonly trustedTime: TrustedTime;
  /** Called before a record is deleted, because the mark in it may be the latest one on the disk. */
  readonly onMarkGoes: () => void;
}

/**
 * Keeps one profile's license record and the mark of trusted time on disk, under a seal whose key is in the keychain. The record
 * is used as soon as it is read, and checked when the key becomes available.
 */
export class RecordKeeper {
  readonly #deps: RecordKeeperDeps;
  readonly #name: string;
  #record: LicenseRecord | null = null;
  #sealed: Pick<KeptRecord, 'trustedAt' | 'seal'> = {};
  #key: string | null = null;

  constructor(name: string, deps: RecordKeeperDeps) {
    this.#name = name;
    this.#deps = deps;
  }

  get record(): LicenseRecord | null {
    return this.#record;
  }

  /** Null until the keychain has been read or written. */
  get key(): string | null {
    return this.#key;
  }

  /** Loads the record from disk only. `unreadable`: there was a record, but it is damaged; the file is set aside. */
  restore(): UnreadFile & { readonly unreadable: boolean } {
    const stored = this.#deps.documents.read(this.#name);
    if (stored.state === 'absent') return { unreadable: false };
    const kept = stored.state === 'present' ? parseKeptRecord(stored.document) : null;
    this.#record = kept && withDueRefresh(kept.record);
    if (kept) {
      this.#sealed = kept.sealed;
      if (kept.sealed.trustedAt !== undefined) this.#deps.trustedTime.restore(kept.sealed.trustedAt);
      return { unreadable: false };
    }
    return { unreadable: true, ...unreadFileOf(stored, () => this.#deps.documents.setAside(this.#name)) };
  }

  /**
   * Checks that the record is as this console wrote it, and adopts the key if it is. An altered record is not sealed again until
   * {@link useKey}, and its mark of trusted time is discarded.
   */
  check(key: string | undefined): SealCheck {
    if (key === undefined || !this.#record) return 'unsealed';
    if (this.#key === key) return 'intact';
    const { trustedAt, seal } = this.#sealed;
    if (seal === this.#deps.seal.of(key, sealedText(this.#record, trustedAt))) {
      this.#key = key;
      return 'intact';
    }
    if (trustedAt !== undefined) this.#deps.trustedTime.distrust(trustedAt);
    return 'altered';
  }

  /** Seals all further records with this key. */
  useKey(key: string): void {
    this.#key = key;
  }

  /** Saves the record. Failure: `settings_not_written`; the record is still used in this run. */
  keep(record: LicenseRecord): Result<null> {
    this.#record = record;
    if (this.#key !== null) this.#sealed = this.#sealOf(record, this.#key);
    return this.#deps.documents.write(this.#name, { ...record, ...this.#sealed });
  }

  /**
   * Saves the mark of trusted time if it has moved by at least `movedMs`. False if this record cannot take a mark: there is none, or the
   * key of its seal is not known yet.
   */
  keepMark(movedMs: number): boolean {
    const { markAt } = this.#deps.trustedTime;
    if (!this.#record || this.#key === null || markAt === null) return false;
    if (Math.abs(markAt - (this.#sealed.trustedAt ?? 0)) >= movedMs) this.keep(this.#record);
    return true;
  }

  forget(): Result<null> {
    this.#deps.onMarkGoes();
    this.#record = null;
    this.#sealed = {};
    return this.#deps.documents.remove(this.#name);
  }

  #sealOf(record: LicenseRecord, key: string): Pick<KeptRecord, 'trustedAt' | 'seal'> {
    const trustedAt = this.#deps.trustedTime.markAt ?? undefined;
    const seal = this.#deps.seal.of(key, sealedText(record, trustedAt));
    return present({ seal, trustedAt });
  }
}

/**
 * The text that the seal covers: everything that decides how the license is judged, and a requested removal. Failures and the
 * due time of the next refresh are not covered, because they may change while the key is not available. The due time in the
 * file is limited instead; see {@link withDueRefresh}.
 */
export function sealedText(
  { version, issuer, details, removing }: LicenseRecord,
  trustedAt: number | undefined,
): string {
  return JSON.stringify([version, issuer, inOrder(details), trustedAt ?? null, ...(removing ? [removing] : [])]);
}

/** Returns the value with its members sorted, so that equal records give equal texts. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => [name, inOrder(member)]);
}

/**
 * Returns the record with its due time moved to no later than the token allows, whatever the file says. The seal does not cover
 * the due time, so an edited file could postpone the refresh until the license expires. After a failure the server may have
 * asked for a longer wait; see {@link pausesUntil}.
 */
function withDueRefresh(record: LicenseRecord): LicenseRecord {
  const { details, lastFailure } = record;
  const latest = lastFailure ? pausesUntil(details) : latestDueAt(details);
  return record.refreshDueAt > latest ? { ...record, refreshDueAt: latest } : record;
}
