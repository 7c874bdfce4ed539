import { type Failure, fail, failure, type Result, succeed } from '../../src-shared/result.ts';
import { sameServerName } from '../../src-shared/servers/server-name.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { lossIn } from '../servers/settings-loss.ts';
import type { CommandOutput } from './command-output.ts';
import { type CommandCall, malformed, type RunsCommand } from './command.ts';
import type { CommandServices } from './command-services.ts';

/** A longer text is not a name. It may be a token given by mistake, so it is not repeated in the error. */
const longestServerName = 100;

/**
 * Finds a server by id, or by name as people compare names. A name that is written in the same way wins. Failures: `server_unknown`,
 * `command_malformed` for an ambiguous name.
 */
export function findServer(services: CommandServices, asked: string): Result<LicensedServer> {
  const servers = services.servers.all;
  const byId = servers.find(({ profile }) => profile.id === asked);
  if (byId) return succeed(byId);
  const exactly = servers.filter(({ profile }) => profile.serverName.toLowerCase() === asked.trim().toLowerCase());
  const alike = servers.filter(({ profile }) => sameServerName(profile.serverName, asked));
  const named = exactly.length > 0 ? exactly : alike;
  const [only] = named;
  if (only && named.length === 1) return succeed(only);
  return only
    ? malformed(terminalWords.wrong.severalServers(asked))
    : fail('server_unknown', asked.length <= longestServerName ? { facts: { server: asked } } : {});
}

/** How a command line names the server: by its name if that is safe to type and means no other server, else by its ID. */
function typedName(services: CommandServices, { profile }: LicensedServer): string {
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(profile.serverName);
  const found = findServer(services, profile.serverName);
  const isFound = found.ok && found.value.profile.id === profile.id;
  const name = isPlain && isFound ? profile.serverName : profile.id;
  return name.includes(' ') ? `"${name}"` : name;
}

/** What a suggested command needs to be about this server, such as `--server="Store 014"`. Empty if there is no other server. */
export function serverOption(services: CommandServices, server: LicensedServer): string {
  return services.servers.all.length > 1 ? `--server=${typedName(services, server)}` : '';
}

/** The server's name, as the first line about it. Prints nothing if there is no other server. */
export function sayWhichServer(services: CommandServices, { profile }: LicensedServer, output: CommandOutput): void {
  if (services.servers.all.length > 1) output.say(terminalWords.serverLine(profile.serverName, profile.edition));
}

/** Adds what the suggested next commands need: how to name the server, and which command to repeat. */
export function ofServer(services: CommandServices, server: LicensedServer, reason: Failure, refused: string): Failure {
  const option = serverOption(services, server);
  const facts = option === '' ? reason.facts : { ...reason.facts, option };
  if (reason.remedy !== 'try_without_resource') return facts ? { ...reason, facts } : reason;
  return { ...reason, facts: { ...facts, server: typedName(services, server), again: `${refused} ${option}`.trim() } };
}

/** No server is set up, or the settings of all servers were lost. */
function noServer({ notices }: CommandServices): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: lossIn(notices.all) ?? failure('no_server') };
}

/**
 * The server named by `--server`, or else the one that the window shows. Failures: those of {@link findServer}, `no_server`,
 * `settings_lost`.
 */
function chosenServer({ services, args }: CommandCall): Result<LicensedServer> {
  const asked = args.value('server');
  if (asked !== undefined) return findServer(services, asked);
  const { shown } = services.servers;
  return shown ? succeed(shown) : noServer(services);
}

/** The server named by `--server`, or else all servers. Failures: as {@link chosenServer}. */
export function chosenServers({ services, args }: CommandCall): Result<readonly [LicensedServer, ...LicensedServer[]]> {
  const asked = args.value('server');
  if (asked !== undefined) {
    const found = findServer(services, asked);
    return found.ok ? succeed([found.value]) : found;
  }
  const [first, ...others] = services.servers.all;
  return first ? succeed([first, ...others]) : noServer(services);
}

/** The lost settings that a command about all servers reports. Null if there are none, or if `--server` names another server. */
export function lossToReport({ services, args }: CommandCall): Failure | null {
  return args.value('server') === undefined ? lossIn(services.notices.all) : null;
}

/** Runs an action with the chosen server, and makes the hints of a failure name it. Failures: also those of {@link chosenServer}. */
export function withServer(
  run: (call: CommandCall, server: LicensedServer, name: string) => ReturnType<RunsCommand>,
): RunsCommand {
  return async (call, name) => {
    const chosen = chosenServer(call);
    if (!chosen.ok) return chosen;
    const end = await run(call, chosen.value, name);
    if (typeof end === 'number' || end.failure.facts?.['again'] !== undefined) return end;
    return { ok: false, failure: ofServer(call.services, chosen.value, end.failure, '') };
  };
}
