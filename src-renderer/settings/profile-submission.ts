import { useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../src-shared/result.ts';
import type { ProfileSettings } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { addressesToTry } from '../../src-shared/servers/authorization-server-address.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { call } from '../state/bridge.ts';
import { type DraftField, troublesIn, type ProfileDraft, settingsOf } from '../../src-shared/servers/profile-draft.ts';

/** What saves the settings: the first server's, another one's, or those of the profile with an ID. */
export type KeepCall = 'profile.save' | 'profile.add' | { readonly edit: string };

interface ProfileSubmission {
  readonly checking: boolean;
  readonly saved: boolean;
  readonly troubles: Partial<Record<DraftField, string>>;
  /** Why the address, or the settings as a whole, were not accepted. */
  readonly failure: { readonly about: 'issuer' | 'settings'; readonly failure: Failure } | null;
  /**
   * Resolves to the address as the Authorization server writes it, or to null if the settings were not saved. `unchecked`: a new server
   * is saved without asking the Authorization server, and the address is as typed.
   */
  readonly submit: (draft: ProfileDraft, how?: { readonly unchecked?: boolean }) => Promise<string | null>;
  /** Call when the form was changed, because earlier errors no longer apply. */
  readonly touch: () => void;
}

/**
 * Checks the address by discovery, then saves the settings. `endsWithForm`: a person can cancel the form, so nothing is saved if the form
 * is gone after the check. Otherwise the settings are saved even if the person has gone to another page.
 */
export function useProfileSubmission(keep: KeepCall, endsWithForm: boolean): ProfileSubmission {
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  const [checking, setChecking] = useState(false);
  const [saved, setSaved] = useState(false);
  const [troubles, setTroubles] = useState<ProfileSubmission['troubles']>({});
  const [failure, setFailure] = useState<ProfileSubmission['failure']>(null);
  const touch = () => {
    setSaved(false);
    setTroubles({});
    setFailure(null);
  };
  const submit: ProfileSubmission['submit'] = async (draft, { unchecked = false } = {}) => {
    touch();
    const found = troublesIn(draft);
    setTroubles(found);
    if (Object.keys(found).length > 0) return null;
    setChecking(true);
    const kept = await (unchecked
      ? keepUnchecked(draft)
      : checkAndKeep(keep, draft, () => endsWithForm && !isOpen.current));
    setChecking(false);
    if (kept === null) return null;
    const refused = typeof kept === 'string' ? null : kept;
    const taken = refused && nameTaken(refused.failure);
    if (taken) setTroubles({ serverName: taken });
    else setFailure(refused);
    setSaved(refused === null);
    return typeof kept === 'string' ? kept : null;
  };
  return { checking, saved, troubles, failure, submit, touch };
}

/** Resolves to the issuer, or to why the settings were not saved. Null if the form was cancelled before that. */
export async function checkAndKeep(
  keep: KeepCall,
  draft: ProfileDraft,
  isCancelled: () => boolean,
): Promise<string | NonNullable<ProfileSubmission['failure']> | null> {
  const checked = await checkAddress(draft.issuer.trim(), isCancelled);
  if (isCancelled()) return null;
  if (!checked.ok) return { about: 'issuer', failure: checked.failure };
  const { issuer } = checked.value;
  const settings = settingsOf(draft, issuer);
  const kept = settings ? await keepSettings(keep, settings) : null;
  return kept && !kept.ok ? { about: 'settings', failure: kept.failure } : issuer;
}

async function keepUnchecked(draft: ProfileDraft): Promise<string | NonNullable<ProfileSubmission['failure']>> {
  const issuer = draft.issuer.trim();
  const settings = settingsOf(draft, issuer);
  const kept = settings ? await call('profile.add_unchecked', settings) : null;
  return kept && !kept.ok ? { about: 'settings', failure: kept.failure } : issuer;
}

/** The failures with which a page of the Authorization server, or another host of its domain, may answer discovery. */
const isElsewhere = new Set<FailureCode>([
  'metadata_not_found',
  'metadata_invalid',
  'captive_portal',
  'unexpected_redirect',
]);

/** Tries the address, and then the others that the person may have meant. Returns the first failure if all fail. */
async function checkAddress(address: string, isCancelled: () => boolean): Promise<Result<{ issuer: string }>> {
  const first = await call('profile.check', { issuer: address });
  if (first.ok || !isElsewhere.has(first.failure.code)) return first;
  for (const other of addressesToTry(address).slice(1)) {
    if (isCancelled()) break;
    const checked = await call('profile.check', { issuer: other });
    if (checked.ok) return checked;
  }
  return first;
}

function keepSettings(keep: KeepCall, settings: ProfileSettings): Promise<Result<null>> {
  return typeof keep === 'string' ? call(keep, settings) : call('profile.edit', { id: keep.edit, settings });
}

/** The error at the name field if another server has this name; null for any other failure. */
export function nameTaken(failure: Failure): string | null {
  if (failure.code !== 'server_name_taken') return null;
  return words.inSentences(words.failureWords(failure));
}
