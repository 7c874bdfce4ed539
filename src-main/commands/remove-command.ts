import { failure, type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { chosenServer } from './chosen-servers.ts';
import { type CommandArguments, malformed } from './command-arguments.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServer, CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';

/** Removes a license, after it was confirmed. */
export async function removeCommand(
  services: CommandServices,
  args: CommandArguments,
  output: CommandOutput,
): Promise<number> {
  const chosen = serverToRemove(services, args);
  if (!chosen.ok) return output.fail(chosen.failure);
  const server = chosen.value;
  if (!server.license.record) return output.fail(failure('not_licensed'));
  const confirmed = args.has('yes') ? succeed(null) : await confirm(server, output);
  if (!confirmed.ok) return output.fail(confirmed.failure);
  if (output.terminal.cancelled.aborted) return output.fail(failure('command_cancelled'));
  output.live(words.license.removing);
  server.setRemoval({ state: 'removing' });
  const removed = await server.license.remove(args.has('here-only'));
  server.setRemoval(
    removed.ok ? { state: 'removed', revoked: removed.value.revoked } : { state: 'failed', failure: removed.failure },
  );
  if (!removed.ok) return output.fail(removed.failure);
  const { revoked } = removed.value;
  output.document({ removed: true, revoked });
  const { headline, meaning } = words.license.removed[revoked ? 'revoked' : 'hereOnly'];
  output.say(`${headline}. ${meaning}`);
  return exitCodes.done;
}

/** Where there are several, the one is named: the window may show another than one thinks. */
function serverToRemove(services: CommandServices, args: CommandArguments): Result<CommandServer> {
  const several = services.servers().length > 1;
  if (several && args.value('server') === undefined) return malformed(terminalWords.wrong.sayWhichServer);
  return chosenServer(services, args);
}

/** Failures: `confirmation_missing` where nobody can be asked or says no, `command_cancelled`. */
async function confirm({ profile }: CommandServer, output: CommandOutput): Promise<Result<null>> {
  if (output.isJson) return { ok: false, failure: failure('confirmation_missing') };
  const { heading, whatStops } = words.removal;
  output.say(terminalWords.serverLine(profile.serverName, profile.edition));
  output.say(heading);
  for (const sentence of whatStops) output.say(sentence, '  - ');
  const typed = await output.terminal.ask(terminalWords.remove.question);
  if (!typed.ok) return typed;
  const isYes = terminalWords.remove.yes.includes(typed.value.trim().toLowerCase());
  return isYes ? succeed(null) : { ok: false, failure: failure('command_cancelled') };
}
