import type { FailureCode } from '../../failure-codes.ts';
import type { Failure } from '../../result.ts';
import { say, type SayFailure } from './say-failure.ts';

/** What prevented the API from opening, and what helps. */
function whyNotOpened({ detail, facts = {} }: Failure): string {
  const { cause, path = 'its place', bytes = 'too many' } = facts;
  if (cause === 'path_too_long')
    return `The path of its socket has ${bytes} bytes, and the system allows at most 103: ${path}. It is in this account's home folder. An account whose home folder has a shorter path can open it.`;
  if (cause === 'not_a_socket')
    return `Something else is where its socket belongs: ${path}. Move that away, then switch the API on again.`;
  if (cause === 'folder_not_writable')
    return 'The console cannot write to the folder of its settings. Change that, then switch the API on again.';
  return `The system said${detail ? `: ${detail}` : ' no'}. Switch the API off and on again. If that does not help, tell support.`;
}

/** Failures of the local license API and of the terminal commands. */
export const localApiFailureWords = {
  local_api_address_taken: (failure) => ({
    headline: `${failure.facts?.['address'] ?? 'The address'} is in use by another program`,
    meaning:
      'Programs on this computer cannot reach the license there. Choose another port, or close the other program, then try again.',
  }),
  local_api_not_opened: (failure) => ({
    headline: 'The local license API could not be opened',
    meaning: `Programs on this computer cannot reach the license. The license itself is not affected. ${whyNotOpened(failure)}`,
  }),
  local_api_off: say(
    'The local license API is off',
    'Switch it on under Registers & servers, so that programs on this computer can get and check license tokens.',
  ),
  api_clients_lost: say(
    'Some clients of the local license API could not be read',
    'They cannot reach the license. Create them again under Registers & servers, and enter the new secret in each program.',
  ),
  client_unknown: say(
    'There is no such client',
    'It may have been revoked. See the list of clients, or run "license-console api clients" in a terminal.',
  ),
  client_name_taken: say('Another client has this name', 'Choose a name that you will recognize later.'),
  too_many_clients: say('There are too many clients', 'Revoke one that is no longer used, then create the new one.'),
  peer_unknown: say(
    'It is no longer on the list',
    'Registers and servers that have not connected for a long time are dropped from the list.',
  ),
  command_malformed: (failure) => ({
    headline: failure.detail ?? 'The command line is wrong',
    meaning: 'Add --help to see the options.',
  }),
  server_unknown: (failure) => ({
    headline: `There is no server ${failure.facts?.['server'] ?? 'of that name'} here`,
    meaning: 'To see the servers, open Settings or run "license-console profiles".',
  }),
  no_server: say('No server is set up yet', 'Set one up in the console window, or with the command "profiles add".'),
  confirmation_missing: say('This needs your confirmation', 'This command deletes data. Add --yes to confirm it.'),
  console_not_answering: ({ facts: { process } = {} }) => ({
    headline: 'The console is running, but does not answer',
    meaning: `It may just be starting, closing or busy.${
      process === undefined ? '' : ` If it never answers, end process ${process}.`
    }`,
  }),
  console_ended: say(
    'The console ended before this command did',
    'The command may or may not have finished its work. Run "status" to see the current state.',
  ),
  command_cancelled: say('Cancelled', 'Steps already under way were finished. Nothing else was done.'),
} satisfies Partial<Record<FailureCode, SayFailure>>;
