import { readAddress } from './authorization-server-address.ts';
import { hostPatterns } from './host-patterns.ts';
import { present } from '../present.ts';
import { profileDefaults, usualServerName } from './profile-defaults.ts';
import {
  type Edition,
  isTextOfSetting,
  type ProfileSettings,
  settingLengths,
  type TextSetting,
} from './server-profile.ts';
import { looksLikeSettingsCode } from './settings-code.ts';
import { words } from '../words/words.ts';

/**
 * The settings of a server while a person edits them in the window or in a terminal. The edition may not be chosen yet. An
 * optional field that is not set is an empty string.
 */
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
  readonly integratedSignInHosts: string;
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
    integratedSignInHosts: '',
    dpop: false,
    ...profileDefaults,
  };
}

/** The draft with the settings of a code, as {@link settingsOf} keeps them. What a code does not hold stays. */
export function withCode(draft: ProfileDraft, settings: ProfileSettings): ProfileDraft {
  const { issuer, edition, serverName, clientId, scope, resource = '', audience = '' } = settings;
  return { ...draft, issuer, edition, serverName, clientId, scope, resource, audience };
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
    integratedSignInHosts = '',
    dpop = false,
  } = settings;
  const texts = { clientId, scope, resource, audience, startAddress, signInHosts, integratedSignInHosts };
  return { issuer, edition, serverName, ...texts, dpop };
}

const texts = Object.keys(settingLengths) as readonly TextSetting[];

/** For each field that prevents saving the draft, a text that says why. */
export function troublesIn(draft: ProfileDraft): Partial<Record<DraftField, string>> {
  const { missing, tooLong, isEmail, isUnreadCode, noHosts } = words.profileForm;
  const troubles: Partial<Record<DraftField, string>> = {};
  if (!draft.edition) troubles.edition = missing.edition;
  for (const field of texts) {
    const isEmpty = !draft[field].trim();
    if (isEmpty && field in missing) troubles[field] = missing[field as keyof typeof missing];
    if (!isEmpty && !isTextOfSetting(field, draft[field])) troubles[field] = tooLong(settingLengths[field]);
  }
  if (!hostPatterns(draft.integratedSignInHosts).all) troubles.integratedSignInHosts ??= noHosts;
  if (!troubles.issuer && readAddress(draft.issuer).isEmail) troubles.issuer = isEmail;
  if (looksLikeSettingsCode(draft.issuer)) troubles.issuer = isUnreadCode;
  return troubles;
}

/** Rebases a draft onto settings that were changed elsewhere: fields that the person did not touch take the new values. */
export function movedDraft(draft: ProfileDraft, before: ProfileDraft, now: ProfileDraft): ProfileDraft {
  const touched = Object.entries(draft).filter(([field, value]) => value !== before[field as DraftField]);
  return { ...now, ...Object.fromEntries(touched) };
}

/** The name under which a draft is stored. */
export function savedName({ serverName }: ProfileDraft): string {
  return serverName.trim() || usualServerName;
}

/** The settings to store, with the issuer as the server itself writes it. Null if no edition is chosen. */
export function settingsOf(draft: ProfileDraft, issuer: string): ProfileSettings | null {
  if (!draft.edition) return null;
  const { resource, audience, startAddress, signInHosts, integratedSignInHosts } = draft;
  return present({
    issuer,
    edition: draft.edition,
    serverName: savedName(draft),
    clientId: draft.clientId.trim(),
    scope: draft.scope.trim(),
    resource: resource.trim() || undefined,
    audience: audience.trim() || undefined,
    startAddress: startAddress.trim() || undefined,
    signInHosts: signInHosts.trim() || undefined,
    integratedSignInHosts: integratedSignInHosts.trim() || undefined,
    dpop: draft.dpop ? true : undefined,
  });
}
