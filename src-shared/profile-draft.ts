import { profileDefaults } from './profile-defaults.ts';
import {
  type Edition,
  isTextOfSetting,
  type ProfileSettings,
  settingLengths,
  type TextSetting,
} from './server-profile.ts';
import { words } from './words/words.ts';

/** The settings of a server while they are written, in the window or a terminal; an edition may not be chosen yet, and an empty optional field is an empty text. */
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

const texts = Object.keys(settingLengths) as readonly TextSetting[];

/** What stands in the way of keeping the draft, by field, in words. */
export function troublesIn(draft: ProfileDraft): Partial<Record<DraftField, string>> {
  const { missing, tooLong } = words.profileForm;
  const troubles: Partial<Record<DraftField, string>> = {};
  if (!draft.edition) troubles.edition = missing.edition;
  for (const field of texts) {
    const isEmpty = !draft[field].trim();
    if (isEmpty && field in missing) troubles[field] = missing[field as keyof typeof missing];
    if (!isEmpty && !isTextOfSetting(field, draft[field])) troubles[field] = tooLong(settingLengths[field]);
  }
  return troubles;
}

/** The draft over newer settings, as where they were changed at another place: what was not touched follows them. */
export function movedDraft(draft: ProfileDraft, before: ProfileDraft, now: ProfileDraft): ProfileDraft {
  const touched = Object.entries(draft).filter(([field, value]) => value !== before[field as DraftField]);
  return { ...now, ...Object.fromEntries(touched) };
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
