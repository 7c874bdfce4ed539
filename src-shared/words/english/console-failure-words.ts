import type { FailureCode } from '../../failure-codes.ts';
import type { Failure } from '../../result.ts';
import { type FailureWords, hostOf, hostWithin, keychainName, otherKind, say, type SayFailure } from './say-failure.ts';
import { span } from './time-spans.ts';

/** The server's answer contained no usable page. */
function unusablePage(failure: Failure): FailureWords {
  const { page: of, status } = failure.facts ?? {};
  const page = of === 'start' ? 'start page' : 'page';
  const host = hostOf(failure);
  if (status === undefined || Number(status) < 400)
    return { headline: `The ${page} is empty`, meaning: `${host} answered, but there is nothing to show.` };
  if (status === '404' || status === '410')
    return { headline: `There is no ${page} here`, meaning: `${host} has nothing at this address (status ${status}).` };
  if (status.startsWith('5'))
    return {
      headline: `The ${page} does not work right now`,
      meaning: `${host} has a problem (status ${status}). That usually passes.`,
    };
  return { headline: `The ${page} was refused`, meaning: `${host} did not send it (status ${status}).` };
}

const whyNot: Readonly<Record<string, string>> = {
  full: 'The disk is full. Free some space, or save the file on another disk.',
  refused: 'This account may not write there. Choose another folder, for example Documents.',
  in_use: 'The file is open in another program. Close it there, or choose another name.',
  no_folder: 'The folder is no longer there. Choose another folder.',
};

function whyNotDownloaded(facts: Failure['facts']): string {
  if (facts?.['reason'] === 'busy') return 'Another file is still being saved. Try again when that is finished.';
  if (facts?.['reason'] === 'size')
    return `It is larger than ${facts['mb'] ?? ''} MB. Use “Open in browser” to save it there.`;
  return 'The console saves documents, tables and pictures only. Use “Open in browser” to save other files there.';
}

/** Why a file could not be saved, and what to do about it. */
function whyNotWritten(reason: string | undefined): string {
  return (
    whyNot[reason ?? ''] ??
    'It may be open in another program, the disk may be full, or this account may lack permission to write to that folder.'
  );
}

/** Failures of this computer and of this console. */
export const consoleFailureWords = {
  clock_wrong: say(
    "This computer's clock is wrong",
    'License dates only make sense with the right date and time. Set the clock, then try again.',
  ),
  secret_store_missing: say(
    'This computer has no keychain running',
    'License tokens are kept only in the keychain, and no keychain was found. The license is shown as last checked.',
  ),
  secret_store_locked: say(
    'The keychain is locked',
    'Until it is unlocked, license tokens cannot be saved, refreshed or used.',
  ),
  secret_store_timeout: say(
    'The keychain does not answer',
    'It may be waiting for a password in another window. Nothing was changed.',
  ),
  secret_store_refused: say(
    'The keychain did not save the license',
    'It cannot save anything: this account may lack permission, or its folder may be read-only. Nothing was deleted.',
  ),
  secret_store_full: say(
    'The keychain has no room left',
    'It cannot save new license tokens. Free some space on the disk, or remove old keychain entries. Nothing is lost.',
  ),
  secret_store_password_changed: say(
    'The keychain did not open at sign-in',
    'The sign-in password was changed, or sign-in is automatic. The previous password opens the keychain. Nothing is lost.',
  ),
  secret_store_changed_backend: (failure) => ({
    headline: 'This computer now uses another keychain',
    meaning: `The keychain is now ${keychainName(failure.facts?.['now'])}, but the license tokens are in ${keychainName(failure.facts?.['before'])}. Start that one again, or authorize again.`,
  }),
  secret_store_damaged: say(
    'The license tokens are not in the keychain',
    'They were removed or damaged there. The license is shown as last checked. Authorize again to get new tokens.',
  ),
  settings_lost: say(
    'The settings cannot be read',
    'No server is known here, so no license is refreshed. Start the console again. If that does not help, set the server up again in its window, or run "license-console profiles add".',
  ),
  server_settings_lost: say(
    'The settings of a server cannot be read',
    'The console does not refresh the license of that server. Set it up again in the window, or run "license-console profiles add". Then dismiss the message in the window.',
  ),
  settings_not_written: say(
    'The change could not be saved',
    'The disk may be full, or this account may lack permission to write to its folder.',
  ),
  file_in_use: (failure) => ({
    headline: 'Another program is using the file',
    meaning: `It may be a virus scanner or a backup. ${failure.facts?.['file'] ?? 'The file'} was not changed. Close that program or wait a moment, then try again.`,
  }),
  file_unreadable: (failure) => ({
    headline: 'A file of this console cannot be read',
    meaning: `This account may lack permission to read ${failure.facts?.['file'] ?? 'it'}, or its disk or network folder does not answer. The file may be fine, so it was not overwritten.`,
  }),
  not_a_file: (failure) => ({
    headline: 'Something else is in the place of a file',
    meaning: `${failure.facts?.['file'] ?? 'A file of this console'} is ${otherKind(failure.facts?.['kind'])}. It was not touched, and nothing was saved. Move it away, then try again.`,
  }),
  login_item_refused: say(
    'Starting at sign-in could not be changed',
    "This computer's administrator may control that setting. Everything else works as before.",
  ),
  time_service_refused: say(
    'This account may not set the clock',
    'Only an administrator of this computer can start its time service. The steps for that are below.',
  ),
  time_service_not_started: say(
    'The time service could not be started',
    'It may be missing on this computer, or switched off by an administrator. Set the clock by hand: the steps are below.',
  ),
  history_unreadable: say(
    'The history cannot be read at the moment',
    'Another program may be using its file. Nothing was lost.',
  ),
  export_not_written: (failure) => ({
    headline: 'The file could not be saved',
    meaning: whyNotWritten(failure.facts?.['reason']),
  }),
  diagnostics_not_saved: (failure) => ({
    headline: 'The diagnostics could not be saved',
    meaning: `${whyNotWritten(failure.facts?.['reason'])} You can save them in another folder or on a USB stick.`,
  }),
  file_exists: ({ facts: { file = 'The file' } = {} }) => ({
    headline: 'A file with that name already exists',
    meaning: `${file} was not changed. Choose another name, or add --yes to replace it.`,
  }),
  notification_not_shown: say(
    'This computer showed no notification',
    'Notifications may be switched off for this console, or this computer may not support them. This window also shows what matters.',
  ),
  administrator_not_told: say(
    'The administrator could not be notified',
    'The program or address that is set for this computer did not accept the message. The console will try again.',
  ),
  not_licensed: say('This server is not licensed', 'This needs a license. Acquiring one takes about two minutes.'),
  profile_incomplete: say('Something is missing in Settings', 'Fill in the marked fields, then save again.'),
  profile_in_use: say(
    'The license depends on the current settings',
    'Remove the license first. Then you can change the address and the Client ID.',
  ),
  server_name_taken: (failure) => ({
    headline: `The name ${failure.facts?.['server'] ?? ''} is taken`.replace('  ', ' '),
    meaning: 'Another server at the same Authorization server has this name. Choose another name.',
  }),
  server_holds_license: (failure) => ({
    headline: `${failure.facts?.['server'] ?? 'This server'} holds a license`,
    meaning: 'Remove the license first. Its authorization would stay open at the Authorization server.',
  }),
  question_open: say(
    'Answer the question about the new license first',
    'It is on the License page. After that you can change these settings.',
  ),
  acquisition_in_progress: say('This is already under way', 'One moment, please. It continues automatically.'),
  nothing_to_complete: say(
    'There is no User Code at the moment',
    'Get a User Code first. Then the authorization can be completed.',
  ),
  poll_not_due: (failure) => ({
    headline: 'A short pause between checks is needed',
    meaning: `The console checks again${Number(failure.facts?.['seconds']) > 0 ? ` in ${span(Number(failure.facts?.['seconds']) * 1000)}` : ' in a moment'}.`,
  }),
  address_not_allowed: (failure) => ({
    headline: 'This address is not opened here',
    meaning: `${failure.facts?.['address'] ?? failure.facts?.['host'] ?? failure.detail ?? 'It'} is neither the Authorization server nor a safe public site.`,
  }),
  page_unusable: unusablePage,
  integrated_sign_in: (failure) => ({
    headline: 'The server wants the sign-in of this computer',
    meaning:
      failure.facts?.['named'] === 'yes'
        ? `${hostOf(failure)} did not accept the account that is signed in here, or this computer could not prove it. Check that it is in the company’s network, or choose Open in browser.`
        : `${hostOf(failure)} wants to know who is signed in here. The console proves that only to hosts named in Settings, under Advanced. Choose Open in browser, or let an administrator add the host.`,
  }),
  pane_not_connected: say(
    'The pane has no connection yet',
    'Something on this computer, such as a security program, keeps the pane from connecting. So no page opens in it. Choose Reload to try again. “Open in browser” works without the pane.',
  ),
  proxy_unsupported: (failure) => ({
    headline: "The pane cannot use this network's proxy",
    meaning: `${
      failure.facts?.['reason'] === 'kind'
        ? 'The pane can use HTTP, HTTPS and SOCKS5 proxies only.'
        : 'The proxy asks for a sign-in of a kind that the pane cannot do.'
    } Use “Open in browser” to reach ${hostWithin(failure)}, or ask the people who run the network to let the console through.`,
  }),
  page_hangs: say(
    'This page has stopped responding',
    "The server's page is too busy. Choose Reload to open it again. The steps and your license are not affected.",
  ),
  page_too_large: say(
    'This page used too much memory',
    'It was closed to keep this computer fast. Choose Reload to open the start page. Your license is not affected.',
  ),
  page_floods: say(
    'This page made too many requests',
    'It was closed to keep this console fast. Choose Reload to open the start page. Your license is not affected.',
  ),
  page_ended: say(
    'This page stopped working',
    'The part of the console that shows it has stopped. Choose Reload to open it again. Your license is not affected.',
  ),
  download_refused: ({ facts }) => ({
    headline: `${facts?.['file'] ?? 'The file'} was not saved`,
    meaning: whyNotDownloaded(facts),
  }),
  download_failed: ({ facts }) => ({
    headline: `The download of ${facts?.['file'] ?? 'the file'} stopped`,
    meaning:
      facts?.['reason'] === 'stalled'
        ? 'Nothing more of it arrived for a minute, so nothing was saved. Start the download on the page again.'
        : 'The file was not complete, so nothing was saved. Start the download on the page again.',
  }),
  print_failed: say(
    'The page could not be printed',
    'The printer may be off, or this computer may have none. Check it in the settings of this computer, then print again.',
  ),
  pdf_not_made: say(
    'The PDF file could not be made',
    'This computer may be short of memory. Try again, or choose Print: most computers can also print to a PDF file.',
  ),
  saved_file_gone: say(
    'The file is no longer there',
    'It was moved, renamed or deleted after it was saved, or its drive was removed. Save it again if you need it.',
  ),
  contact_not_opened: say(
    'No program opened on this computer',
    'This computer may have no program for e-mails or calls. Use the phone number or the address that is shown here.',
  ),
  mail_not_opened: say(
    'No e-mail program opened on this computer',
    'This computer may have none. Copy the message, or choose Use a phone.',
  ),
  log_folder_not_opened: ({ facts }) => ({
    headline: 'The log folder could not be opened',
    meaning: facts?.['folder']
      ? `Open this folder yourself: ${facts['folder']}.`
      : 'The data folder contains it. Choose About Fusion License Console to see where that is.',
  }),
  clipboard_refused: say(
    'Copying did not work',
    'Another program may be using the clipboard. You can also select the text and copy it.',
  ),
  request_malformed: say(
    'The console could not use this entry',
    'Check what was entered. If it is right, support can read the details.',
  ),
  another_server_shown: say(
    'Another server is shown now',
    'Nothing was changed. The other server was chosen elsewhere, such as in a terminal. Check which server the window shows, then try again.',
  ),
  page_failed: say(
    'This page could not be shown',
    'Something in it went wrong. Your license was not touched and is refreshed as before. The rest of this window works.',
  ),
  console_not_started: say(
    'Fusion License Console could not start',
    'Nothing was changed. Your license is kept, but it is not refreshed until the console starts. Restart this computer and start the console again. If that does not help, tell support.',
  ),
  lock_obstructed: ({ facts: { path = 'a folder' } = {} }) => ({
    headline: 'The console cannot start',
    meaning: `A file or folder that the console did not create is in its way: ${path}. Delete or rename it, then start the console again. Your license is kept.`,
  }),
  no_folder_writable: ({ facts }) => ({
    headline: 'The console cannot start because it cannot write files',
    meaning: `${facts?.['folder'] ?? 'The data folder'} and the temporary folders cannot be written. The disk may be full or read-only, or they may belong to another account. Your license is kept, but not refreshed.`,
  }),
  switch_refused: ({ facts: { names = '' } = {} }) => ({
    headline: 'The console does not start with this switch',
    meaning: `${names} could weaken the protection of the license. Your license is kept, but it is not refreshed until the console starts. ${
      names.includes('no-sandbox')
        ? 'Remove it from the shortcut or the service. If an AppImage adds it, install the deb package instead.'
        : 'Remove it from the shortcut, the service or the command that starts the console.'
    }`,
  }),
  variable_refused: ({ facts: { names = '' } = {} }) => ({
    headline: 'The console does not start with this environment variable',
    meaning: `${names} could weaken the protection of the license. Your license is kept, but it is not refreshed until the console starts. Remove it from the system settings or the service.`,
  }),
  check_not_ended: say(
    'This check did not finish',
    'It took too long. Check again. If that happens again, something on this computer or in its network does not answer.',
  ),
  internal_error: say(
    'Something went wrong in this console',
    'Your license was not touched. It often helps to quit the console and start it again.',
  ),
} satisfies Partial<Record<FailureCode, SayFailure>>;
