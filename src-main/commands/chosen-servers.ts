import { type Failure, fail, type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { type CommandCall, malformed, type RunsCommand } from './command.ts';
import type { CommandServices } from './command-services.ts';

/** A longer text is not a name. It may be a token given by mistake, so it is not repeated in the error. */
const longestServerName = 100;

/** Finds a server by id, or by name regardless of case. Failures: `server_unknown`, `command_malformed` for an ambiguous name. */
export function findServer(services: CommandServices, asked: string): Result<LicensedServer> {
  const servers = services.servers.all;
  const byId = servers.find(({ profile }) => profile.id === asked);
  if (byId) return succeed(byId);
  const named = servers.filter(({ profile }) => profile.serverName.toLowerCase() === asked.trim().toLowerCase());
  const [only] = named;
  if (only && named.length === 1) return succeed(only);
  return only
    ? malformed(terminalWords.wrong.severalServers(asked))
    : fail('server_unknown', asked.length <= longestServerName ? { facts: { server: asked } } : {});
}

/** Adds what the suggested next commands need: how to name the server, and which command to repeat. */
export function ofServer(
  services: CommandServices,
  { profile }: LicensedServer,
  reason: Failure,
  refused: string,
): Failure {
  if (reason.remedy !== 'try_without_resource') return reason;
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(profile.serverName);
  const found = findServer(services, profile.serverName);
  const isFound = found.ok && found.value.profile.id === profile.id;
  const name = isPlain && isFound ? profile.serverName : profile.id;
  const server = name.includes(' ') ? `"${name}"` : name;
  const again = services.servers.all.length > 1 ? `${refused} --server=${server}` : refused;
  return { ...reason, facts: { ...reason.facts, server, again } };
}

/** The server named by `--server`, or else the one that the window shows. Failures: those of {@link findServer}, `no_server`. */
function chosenServer({ services, args }: CommandCall): Result<LicensedServer> {
  const asked = args.value('server');
  if (asked !== undefined) return findServer(services, asked);
  const { shown } = services.servers;
  return shown ? succeed(shown) : fail('no_server');
}

/** The server named by `--server`, or else all servers. Failures: as {@link chosenServer}. */
export function chosenServers({ services, args }: CommandCall): Result<readonly [LicensedServer, ...LicensedServer[]]> {
  const asked = args.value('server');
  if (asked !== undefined) {
    const found = findServer(services, asked);
    return found.ok ? succeed([found.value]) : found;
  }
  const [first, ...others] = services.servers.all;
  return first ? succeed([first, ...others]) : fail('no_server');
}

/** Runs an action with the chosen server. Failures: also those of {@link chosenServer}. */
export function withServer(
  run: (call: CommandCall, server: LicensedServer, name: string) => ReturnType<RunsCommand>,
): RunsCommand {
  return (call, name) => {
    const chosen = chosenServer(call);
    return chosen.ok ? run(call, chosen.value, name) : chosen;
  };
}
