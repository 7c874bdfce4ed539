import { usualServerName } from '../../src-shared/servers/profile-defaults.ts';
import { completedAddress } from '../../src-shared/servers/authorization-server-address.ts';
import {
  type DraftField,
  newDraft,
  type ProfileDraft,
  settingsOf,
  troublesIn,
} from '../../src-shared/servers/profile-draft.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { editions, type ProfileSettings } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { parseIssuerAddress } from '../authorization/issuer-address.ts';
import { malformed } from './command.ts';

/** Maps each option to the server setting that it changes. */
export const settingOf = {
  'authorization-server': 'issuer',
  edition: 'edition',
  'server-name': 'serverName',
  'client-id': 'clientId',
  scope: 'scope',
  resource: 'resource',
  audience: 'audience',
  'start-address': 'startAddress',
  'sign-in-hosts': 'signInHosts',
  'integrated-sign-in-hosts': 'integratedSignInHosts',
  dpop: 'dpop',
} as const satisfies Record<string, DraftField>;
type ProfileOption = keyof typeof settingOf;

export const profileOptions = Object.keys(settingOf) as readonly ProfileOption[];

/** The settings of a new server: the given options, and defaults for the others. Failures: as {@link changedBy}. */
export function newSettings(optionValue: (option: string) => string | undefined): Result<ProfileSettings> {
  return changedBy({ ...newDraft(), edition: 'store', serverName: usualServerName }, optionValue);
}

/**
 * Applies the given options to the settings. An empty option clears its setting. Validates as the window does.
 * Failures: `command_malformed` with the option that is wrong, `issuer_malformed`, `issuer_insecure`.
 */
export function changedBy(
  draft: ProfileDraft,
  optionValue: (option: string) => string | undefined,
): Result<ProfileSettings> {
  const changes: Partial<Record<DraftField, string | boolean | null>> = {};
  for (const option of profileOptions) {
    const text = optionValue(option)?.trim();
    if (text === undefined) continue;
    const value = valueOf(option, text);
    if (value === undefined) return malformed(words.profileOption.takes(option, choicesOf(option)));
    changes[settingOf[option]] = value;
  }
  const changed = { ...draft, ...changes } as ProfileDraft;
  const troubles = troublesIn(changed);
  const wrong = profileOptions.find((option) => troubles[settingOf[option]] !== undefined);
  if (wrong) return malformed(words.profileOption.wrong(wrong, troubles[settingOf[wrong]] ?? ''));
  const address = parseIssuerAddress(completedAddress(changed.issuer) ?? changed.issuer);
  if (!address.ok) return address;
  const settings = settingsOf(changed, withoutRootSlash(address.value));
  return settings ? succeed(settings) : malformed(words.profileOption.takes('edition', editions));
}

/** Undefined if the option does not accept this value. */
function valueOf(option: ProfileOption, text: string): string | boolean | null | undefined {
  const choices = choicesOf(option);
  if (choices.length > 0 && text !== '' && !choices.includes(text)) return undefined;
  if (option === 'dpop') return text === 'on';
  return option === 'edition' ? text || null : text;
}

function choicesOf(option: ProfileOption): readonly string[] {
  if (option === 'edition') return editions;
  return option === 'dpop' ? ['on', 'off'] : [];
}

/** Drops a path that is only `/`. */
function withoutRootSlash({ origin, pathname }: URL): string {
  return pathname === '/' ? origin : origin + pathname;
}
