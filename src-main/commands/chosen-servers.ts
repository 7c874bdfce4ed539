import { type Failure, fail, type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { type CommandCall, malformed, type RunsCommand } from './command.ts';
import type { CommandServer, CommandServices } from './command-services.ts';

/** What is longer is no name, and may be a token in the wrong place: it is not said back. */
const longestServerName = 100;

/** By id, or by name in any case. Failures: `server_unknown`; `command_malformed` where several have that name. */
export function findServer(services: CommandServices, asked: string): Result<CommandServer> {
  const servers = services.servers();
  const byId = servers.find(({ profile }) => profile.id === asked);
  if (byId) return succeed(byId);
  const named = servers.filter(({ profile }) => profile.serverName.toLowerCase() === asked.trim().toLowerCase());
  const [only] = named;
  if (only && named.length === 1) return succeed(only);
  return only
    ? malformed(terminalWords.wrong.severalServers(asked))
    : fail('server_unknown', asked.length <= longestServerName ? { facts: { server: asked } } : {});
}

/** The failure with what the commands need that come next: how their line names the server, and what was refused. */
export function ofServer(
  services: CommandServices,
  { profile }: CommandServer,
  reason: Failure,
  refused: string,
): Failure {
  if (reason.remedy !== 'try_without_resource') return reason;
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(profile.serverName);
  const found = findServer(services, profile.serverName);
  const isFound = found.ok && found.value.profile.id === profile.id;
  const name = isPlain && isFound ? profile.serverName : profile.id;
  const server = name.includes(' ') ? `"${name}"` : name;
  const again = services.servers().length > 1 ? `${refused} --server=${server}` : refused;
  return { ...reason, facts: { ...reason.facts, server, again } };
}

/** The server that is meant: `--server`, else the one that the window shows. Failures: also `no_server`: there is none. */
function chosenServer({ services, args }: CommandCall): Result<CommandServer> {
  const asked = args.value('server');
  if (asked !== undefined) return findServer(services, asked);
  const shown = services.servers().find(({ profile }) => profile.id === services.shownId());
  return shown ? succeed(shown) : fail('no_server');
}

/** `--server`, else all of them. Failures: as {@link chosenServer}. */
export function chosenServers({ services, args }: CommandCall): Result<readonly [CommandServer, ...CommandServer[]]> {
  const asked = args.value('server');
  if (asked !== undefined) {
    const found = findServer(services, asked);
    return found.ok ? succeed([found.value]) : found;
  }
  const [first, ...others] = services.servers();
  return first ? succeed([first, ...others]) : fail('no_server');
}

/** What is done with one server. It fails where that cannot be told. */
export function withServer(
  run: (call: CommandCall, server: CommandServer, name: string) => ReturnType<RunsCommand>,
): RunsCommand {
  return (call, name) => {
    const chosen = chosenServer(call);
    return chosen.ok ? run(call, chosen.value, name) : chosen;
  };
}
