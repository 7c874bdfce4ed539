import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { sayWhichServer, withServer } from './chosen-servers.ts';
import { type Command, type CommandCall, type CommandEnd, failed, malformed } from './command.ts';
import type { CommandOutput } from './command-output.ts';
import { exitCodes } from './exit-codes.ts';

/** Removes a license after confirmation. */
export const removeCommand: Command = {
  flags: ['yes', 'here-only'],
  values: ['server'],
  endsItself: true,
  // With several servers the command must name one, because the window may show another server than the person expects.
  does: (call, ...names) => {
    const isNamed = call.args.value('server') !== undefined || call.services.servers.all.length <= 1;
    return isNamed ? withServer(remove)(call, ...names) : malformed(terminalWords.wrong.sayWhichServer);
  },
};

async function remove({ services, args, output }: CommandCall, server: LicensedServer): Promise<CommandEnd> {
  if (!server.license.record) return failed('not_licensed');
  const hereOnly = args.has('here-only');
  const confirmed = args.has('yes') ? succeed(null) : await confirm(server, hereOnly, output);
  if (!confirmed.ok) return confirmed;
  if (output.terminal.cancelled.aborted) return failed('command_cancelled');
  // The window or another terminal may have removed it during the confirmation.
  if (!server.license.record) return failed('not_licensed');
  if (args.has('yes')) sayWhichServer(services, server, output);
  output.live(words.license.removing);
  const removed = await server.remove(hereOnly);
  if (!removed.ok) return removed;
  output.document({ removed: true, revoked: removed.value.revoked });
  output.say(words.inSentences(words.license.removedWords(removed.value, server.profile.serverName)));
  return exitCodes.done;
}

/** Failures: `confirmation_missing` if no person can be asked, `command_cancelled` if the answer is not yes. */
async function confirm(
  { profile, license }: LicensedServer,
  hereOnly: boolean,
  output: CommandOutput,
): Promise<Result<null>> {
  if (output.isJson) return fail('confirmation_missing');
  const { heading, whatStops } = words.removal;
  output.say(terminalWords.serverLine(profile.serverName, profile.edition));
  output.say(heading(profile.serverName));
  const asked = license.removalEnds;
  for (const sentence of whatStops(hereOnly && asked !== 'nothing_to_revoke' ? 'left_open' : asked))
    output.say(sentence, '  - ');
  return askYes(terminalWords.remove.question, output);
}

/** Failures: `confirmation_missing` if no person can be asked, `command_cancelled` if the answer is not yes. */
export async function askYes(question: string, output: CommandOutput): Promise<Result<null>> {
  if (output.isJson) return fail('confirmation_missing');
  const typed = await output.terminal.ask(question);
  if (!typed.ok) return typed;
  const isYes = terminalWords.yes.includes(typed.value.trim().toLowerCase());
  return isYes ? succeed(null) : fail('command_cancelled');
}
