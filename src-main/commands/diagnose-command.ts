import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { chosenServers } from './chosen-servers.ts';
import type { Command, CommandCall, CommandEnd } from './command.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';
import { type Check, checkDocument, checkLines } from './diagnose-checks.ts';
import { checkApi, checkBackground, checkClock, checkSettings } from './checks-of-computer.ts';
import { checkConnection, checkKeychain, checkRefreshing, checkToken } from './checks-of-server.ts';
import { exitCodes, worstOf } from './exit-codes.ts';

/** Checks everything that a license needs, and prints for each whether it works and what to do. Exit code: of the worst failure. */
export const diagnoseCommand: Command = { values: ['server'], does: diagnose };

async function diagnose(call: CommandCall): Promise<CommandEnd> {
  const { services, output } = call;
  const chosen = chosenServers(call);
  if (!chosen.ok && chosen.failure.code !== 'no_server') return chosen;
  const servers = chosen.ok ? chosen.value : [];
  output.live(terminalWords.diagnose.working);
  const ofServers = await Promise.all(
    servers.map(async (server) => ({ server, checks: await checksOf(services, server) })),
  );
  // The clock is checked after the servers, because their answers tell the time.
  const ofComputer = [checkSettings(services), checkClock(services), checkBackground(services), checkApi(services)];
  output.document({
    version: services.about.version,
    runtime: services.about.runtime,
    checks: ofComputer.map(checkDocument),
    servers: ofServers.map(({ server, checks }) => ({
      id: server.profile.id,
      server_name: server.profile.serverName,
      authorization_server: server.profile.issuer,
      checks: checks.map(checkDocument),
    })),
  });
  output.say(terminalWords.diagnose.title(services.about.version, services.about.runtime));
  output.lines(ofComputer.flatMap((check) => checkLines(check, output.width)));
  for (const { server, checks } of ofServers) sayServer(server, checks, output);
  const all = [...ofComputer, ...ofServers.flatMap(({ checks }) => checks)];
  return worstOf(all.flatMap(({ state, exitCode }) => (state === 'failed' ? (exitCode ?? exitCodes.failed) : [])));
}

async function checksOf(services: CommandServices, server: LicensedServer): Promise<readonly Check[]> {
  const [keychain, connection] = await Promise.all([checkKeychain(server), checkConnection(services, server)]);
  return [keychain, connection, checkToken(services, server), checkRefreshing(services, server)];
}

function sayServer({ profile }: LicensedServer, checks: readonly Check[], output: CommandOutput): void {
  output.lines(['']);
  output.say(terminalWords.serverLine(profile.serverName, profile.edition));
  output.lines(checks.flatMap((check) => checkLines(check, output.width)));
}
