import { draftOf, settingsOf } from '../../src-shared/servers/profile-draft.ts';
import { type Failure, fail } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';
import { useConsole } from '../state/console-context.ts';
import { copiedForSupport } from './support-contact.ts';

/** Whether the retry needs a step outside the console first. Help for that step is then offered next to the retry. */
export const needsOutsideStep = ({ code }: Failure): boolean => code === 'captive_portal';

/** Returns a function that performs a failure's remedy. `retry` repeats the failed action. A slow remedy resolves to an outcome text. */
export function useRemedy(): (failure: Failure, retry?: () => void) => Promise<string | undefined> | void {
  const { state, go } = useConsole();
  return (failure, retry) => {
    switch (failure.remedy) {
      case 'edit_settings':
        return go({ page: state.profile ? 'settings' : 'license' });
      case 'open_registers':
        return go({ page: 'registers' });
      case 'sign_in_to_proxy':
        return send('sign_in.enter_proxy');
      case 'check_connection':
        return go({ page: 'help', topic: failure.code === 'proxy_unsupported' ? 'proxy' : 'connection' });
      case 'set_clock':
        return go({ page: 'help', topic: 'clock' });
      case 'open_keychain_help':
        return go({ page: 'help', topic: 'keychain' });
      case 'free_disk_space':
        return go({ page: 'help', topic: 'saving' });
      case 'copy_for_support':
        return copyForSupport(failure.code);
      case 'try_without_resource':
        return tryWithoutResource(state.profile, retry ?? (() => send('acquisition.start')));
      case 'try_again':
      case 'show_page_again':
        return retry?.();
      case 'unlock_keychain':
        return void unlockKeychain(retry ?? (() => send('license.check')));
      case 'get_new_code':
      case 'authorize_again':
      case 'acquire':
        send('pane.show', { open: true });
        return send('acquisition.start');
      case 'start_again':
      case 'choose_another_device':
        return send('acquisition.start_over');
      case 'remove_here_only':
        return send('license.remove', { hereOnly: true });
      case 'none':
        return undefined;
      default:
        return failure.remedy satisfies never;
    }
  };
}

/** Makes the operating system ask for the keychain's password, then continues with the action that needed it. */
async function unlockKeychain(then: () => void): Promise<void> {
  const unlocked = await call('keychain.unlock');
  if (unlocked.ok) then();
  else announce(words.failureWords(unlocked.failure).headline);
}

/** Clears the Resource of the shown server, then repeats the refused action. Resolves to the reason if it could not be cleared. */
async function tryWithoutResource(profile: ServerProfile | null, again: () => void): Promise<string | undefined> {
  const settings = profile && settingsOf({ ...draftOf(profile), resource: '' }, profile.issuer);
  const saved = settings ? await call('profile.save', settings) : fail('profile_incomplete');
  if (saved.ok) {
    again();
    return undefined;
  }
  const { headline } = words.failureWords(saved.failure);
  announce(headline);
  return headline;
}

/** Copies what support needs to know about a failure to the clipboard. Resolves to a sentence that says whether it worked. */
export async function copyForSupport(code: string): Promise<string> {
  const copied = await call('support.copy', { code });
  const said = copied.ok ? await copiedForSupport() : words.failureWords(copied.failure).headline;
  announce(said);
  return said;
}
