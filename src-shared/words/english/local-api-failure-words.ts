import type { FailureCode } from '../../failure-codes.ts';
import type { Failure } from '../../result.ts';
import { say, type SayFailure } from './say-failure.ts';

/** What prevented the API from opening, and what helps. */
function whyNotOpened({ detail, facts = {} }: Failure): string {
  const { cause, path = 'its place', bytes = 'too many' } = facts;
  if (cause === 'path_too_long')
    return `The path of its socket has ${bytes} bytes, and the system takes at most 103: ${path}. It is in this account's home folder; an account whose home folder has a shorter path can open it.`;
  if (cause === 'not_a_socket')
    return `Something else is where its socket belongs: ${path}. Move that away, then switch it on again.`;
  if (cause === 'folder_not_writable')
    return 'The console cannot write in the folder of its settings. Once it can, switch it on again.';
  return `The system said${detail ? `: ${detail}` : ' no'}. Switch it off and on again; if it stays like this, tell support.`;
}

/** Failures of the local license API and of the terminal commands. */
export const localApiFailureWords = {
  local_api_address_taken: (failure) => ({
    headline: `${failure.facts?.['address'] ?? 'The address'} is taken by another program`,
    meaning:
      'Programs on this computer cannot reach the license there. Choose another port, or end the other program, then try again.',
  }),
  local_api_not_opened: (failure) => ({
    headline: 'The local license API could not be opened',
    meaning: `Programs on this computer cannot reach the license; the license itself is not touched. ${whyNotOpened(failure)}`,
  }),
  local_api_off: say(
    'The local license API is off',
    'Switch it on under Registers & servers, so that programs on this computer can get and check license tokens.',
  ),
  client_unknown: say(
    'There is no such client',
    'It may have been revoked. The list of clients shows those that there are; in a terminal "license-console api clients" does.',
  ),
  client_name_taken: say('Another client has this name', 'Choose a name by which you will know it later.'),
  too_many_clients: say('There are too many clients', 'Revoke one that is no longer used, then create the new one.'),
  peer_unknown: say(
    'It is no longer on the list',
    'Registers and servers that have not come for a long time leave the list of those seen lately.',
  ),
  command_malformed: (failure) => ({
    headline: failure.detail ?? 'The command line is not right',
    meaning: 'Add --help to see the options.',
  }),
  server_unknown: (failure) => ({
    headline: `There is no server ${failure.facts?.['server'] ?? 'of that name'} here`,
    meaning: 'The command "profiles" lists the servers that this console knows.',
  }),
  no_server: say(
    'No server is set up yet',
    'Set one up in the window of the console, or with the command "profiles add".',
  ),
  confirmation_missing: say(
    'This has to be confirmed',
    'It would end the license of this server. Add --yes if that is what you want.',
  ),
  console_not_answering: say(
    'The console is running, but does not answer',
    'It may just be starting or closing. Wait a moment, then try again.',
  ),
  console_ended: say(
    'The console ended before this command did',
    'What the command had begun may be done or not. The command "status" says how it stands now.',
  ),
  command_cancelled: say('Cancelled', 'What was already on its way is finished; nothing else was done.'),
} satisfies Partial<Record<FailureCode, SayFailure>>;
