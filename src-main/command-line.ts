import { profileDefaults } from '../src-shared/profile-defaults.ts';
import { fail, type Result, succeed } from '../src-shared/result.ts';
import { editions, type ProfileSettings, profileSettingsSchema } from '../src-shared/server-profile.ts';
import { parseIssuerAddress } from './authorization/issuer-address.ts';

/** Starts without the window: at sign-in, or by the operating system's own scheduler. */
export const backgroundSwitch = '--background';

export function startsInBackground(argv: readonly string[]): boolean {
  return argv.includes(backgroundSwitch);
}

/**
 * A first server profile from the command line, for installers that set up many computers:
 * `--authorization-server=ADDRESS [--edition=cloud|corporate|store] [--server-name=NAME]`.
 * Null where none is given. Failure: what is wrong, as `detail` for the terminal.
 */
export function presetProfile(argv: readonly string[]): Result<ProfileSettings | null> {
  const issuer = option(argv, 'authorization-server');
  if (issuer === undefined) return succeed(null);
  const address = parseIssuerAddress(issuer);
  if (!address.ok) {
    return fail(address.failure.code, {
      detail: '--authorization-server takes an address that begins with https:// (http:// on this computer alone).',
    });
  }
  const edition = option(argv, 'edition') ?? 'store';
  const settings = profileSettingsSchema.safeParse({
    ...profileDefaults,
    issuer,
    edition,
    serverName: option(argv, 'server-name') ?? 'This server',
  });
  if (settings.success) return succeed(settings.data);
  return fail('profile_incomplete', {
    detail: `--edition takes one of ${editions.join(', ')}; --server-name takes up to 100 characters.`,
  });
}

function option(argv: readonly string[], name: string): string | undefined {
  const prefix = `--${name}=`;
  return argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
}
