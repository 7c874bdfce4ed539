import { profileDefaults } from '../../src-shared/profile-defaults.ts';
import type { Edition, ProfileSettings } from '../../src-shared/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';

/** What stands in the form; an edition may not be chosen yet, and an empty optional field is an empty text. */
export interface ProfileDraft {
  readonly issuer: string;
  readonly edition: Edition | null;
  readonly serverName: string;
  readonly clientId: string;
  readonly scope: string;
  readonly resource: string;
  readonly audience: string;
  readonly startAddress: string;
  readonly signInHosts: string;
  readonly dpop: boolean;
}
export type DraftField = keyof ProfileDraft;

export function newDraft(issuer = ''): ProfileDraft {
  return {
    issuer,
    edition: null,
    serverName: '',
    resource: '',
    audience: '',
    startAddress: '',
    signInHosts: '',
    dpop: false,
    ...profileDefaults,
  };
}

export function draftOf(settings: ProfileSettings): ProfileDraft {
  const {
    issuer,
    edition,
    serverName,
    clientId,
    scope,
    resource = '',
    audience = '',
    startAddress = '',
    signInHosts = '',
    dpop = false,
  } = settings;
  return { issuer, edition, serverName, clientId, scope, resource, audience, startAddress, signInHosts, dpop };
}

/** What is missing, by field, in words. */
export function missingIn(draft: ProfileDraft): Partial<Record<DraftField, string>> {
  const required = ['issuer', 'edition', 'serverName', 'clientId', 'scope'] as const;
  const missing: Partial<Record<DraftField, string>> = {};
  for (const field of required) {
    if (!draft[field]?.trim()) missing[field] = words.profileForm.missing[field];
  }
  return missing;
}

/** The settings to keep, with the issuer as the server itself writes it. */
export function settingsOf(draft: ProfileDraft, issuer: string): ProfileSettings | null {
  if (!draft.edition) return null;
  const { resource, audience, startAddress, signInHosts } = draft;
  return {
    issuer,
    edition: draft.edition,
    serverName: draft.serverName.trim(),
    clientId: draft.clientId.trim(),
    scope: draft.scope.trim(),
    ...(resource.trim() ? { resource: resource.trim() } : {}),
    ...(audience.trim() ? { audience: audience.trim() } : {}),
    ...(startAddress.trim() ? { startAddress: startAddress.trim() } : {}),
    ...(signInHosts.trim() ? { signInHosts: signInHosts.trim() } : {}),
    ...(draft.dpop ? { dpop: true } : {}),
  };
}
