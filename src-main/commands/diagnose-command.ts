import type { CheckResult } from '../../src-shared/support/preflight.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { chosenServers } from './chosen-servers.ts';
import { type Command, type CommandCall, type CommandEnd, malformed, untilCancelled } from './command.ts';
import { checkDocument, checkLines, nextStepOf } from './diagnose-checks.ts';
import { exitCodeOf, worstOf } from './exit-codes.ts';
import { laptopOptions, throughLaptop, usesLaptop, wrongLaptopOptions } from './laptop-option.ts';
import { saveDiagnostics } from './save-diagnostics.ts';

/**
 * Checks everything that a license needs, and prints for each whether it works and what to do. Exit code: of the worst failure. With
 * `--save` it saves the diagnostics instead.
 */
export const diagnoseCommand: Command = {
  flags: ['yes'],
  values: ['server', 'save', ...laptopOptions],
  does: (call) => {
    const file = call.args.value('save');
    const { notWith, onlyWith } = terminalWords.wrong;
    if (file !== undefined && usesLaptop(call.args)) return malformed(notWith('--laptop', '--save'));
    if (file !== undefined) return saveDiagnostics(call, file);
    return call.args.has('yes') ? malformed(onlyWith('--yes', '--save')) : diagnose(call);
  },
};

async function diagnose(call: CommandCall): Promise<CommandEnd> {
  const chosen = chosenServers(call);
  // Without any server, this computer is checked.
  if (!chosen.ok && call.args.value('server') !== undefined) return chosen;
  const servers = chosen.ok ? chosen.value : [];
  const wrong = wrongLaptopOptions(call.args, servers.length);
  if (wrong) return wrong;
  const [server] = servers;
  // The pairing ends at Ctrl-C, and not only after the last check.
  const run = () => Promise.race([check(call, servers), untilCancelled(call.output.terminal.cancelled)]);
  return server ? throughLaptop(call, server, run) : run();
}

async function check(call: CommandCall, servers: readonly LicensedServer[]): Promise<CommandEnd> {
  const { services, output } = call;
  output.live(terminalWords.diagnose.working);
  const report = await services.preflight(servers, services.isInPlace);
  const next = (result: CheckResult, server: LicensedServer | null) => nextStepOf(result, services, server);
  const ofServers = servers.map((server, index) => ({ server, results: report.servers[index]?.results ?? [] }));
  output.document({
    version: services.about.version,
    runtime: services.about.runtime,
    checks: report.computer.map((result) => checkDocument(result, next(result, null))),
    servers: ofServers.map(({ server, results }) => ({
      id: server.profile.id,
      server_name: server.profile.serverName,
      authorization_server: server.profile.issuer,
      checks: results.map((result) => checkDocument(result, next(result, server))),
    })),
  });
  const lines = (results: readonly CheckResult[], server: LicensedServer | null) =>
    output.lines(results.flatMap((result) => checkLines(result, next(result, server), output.width)));
  output.say(terminalWords.diagnose.title(services.about.version, services.about.runtime));
  lines(report.computer, null);
  for (const { server, results } of ofServers) {
    output.lines(['']);
    output.say(terminalWords.serverLine(server.profile.serverName, server.profile.edition));
    lines(results, server);
  }
  const all = [...report.computer, ...report.servers.flatMap(({ results }) => results)];
  return worstOf(all.flatMap(({ state, failure }) => (state === 'failed' && failure ? exitCodeOf(failure) : [])));
}
