import { instantOf } from '../../src-shared/instant.ts';
import { present } from '../../src-shared/present.ts';
import { type Failure, type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { chosenServers, lossToReport, ofServer } from './chosen-servers.ts';
import { laptopOptions, throughLaptop, usesLaptop, wrongLaptopOptions } from './laptop-option.ts';
import { type Command, type CommandCall, type CommandEnd, failed, untilCancelled } from './command.ts';
import type { CommandOutput } from './command-output.ts';
import { exitCodeOf, exitCodes, worstOf } from './exit-codes.ts';
import { failureDocument } from './failure-document.ts';

type Refreshed = 'refreshed' | 'not_due';

/** Refreshes the license token of one server, or of all licensed servers. Exit code: that of the worst outcome, or of lost settings. */
export const refreshCommand: Command = {
  flags: ['if-due'],
  values: ['server', ...laptopOptions],
  endsItself: true,
  does: refresh,
};

async function refresh(call: CommandCall): Promise<CommandEnd> {
  const chosen = chosenServers(call);
  if (!chosen.ok) return chosen;
  const wrong = wrongLaptopOptions(call.args, chosen.value.length);
  if (wrong) return wrong;
  const licensed = chosen.value.filter(({ license }) => license.view() !== null);
  if (licensed.length === 0) return failed('not_licensed');
  return throughLaptop(call, chosen.value[0], () => refreshAll(call, licensed));
}

async function refreshAll(call: CommandCall, licensed: readonly LicensedServer[]): Promise<CommandEnd> {
  const { output } = call;
  if (!output.isJson) output.live(words.license.refreshing);
  // In parallel, so that a slow Authorization server delays no other refresh.
  const outcomes = await Promise.all(
    licensed.map(async (server) => {
      const outcome = await refreshed(call, server);
      return { server, outcome: outcome.ok ? outcome : named(call, server, outcome.failure) };
    }),
  );
  const loss = lossToReport(call);
  const servers = outcomes.map(({ server, outcome }) => documentOf(server, outcome));
  output.document(present({ servers, failure: loss ? failureDocument(loss) : undefined }));
  const isOneOfMany = call.services.servers.all.length > 1;
  for (const { server, outcome } of outcomes) sayOutcome(server, outcome, output, isOneOfMany);
  if (loss) output.failureWords(loss);
  const codes = outcomes.map(({ outcome }) => (outcome.ok ? exitCodes.done : exitCodeOf(outcome.failure)));
  return worstOf([...codes, ...(loss ? [exitCodeOf(loss)] : [])]);
}

async function refreshed(
  { services, args, output }: CommandCall,
  { license, refresh }: LicensedServer,
): Promise<Result<Refreshed>> {
  if (args.has('if-due')) {
    const { nextRefreshAt, lastFailure, withoutRefreshToken } = refresh.view();
    // A scheduled refresh fails once a person has to act, that is, from the token's warning on.
    if (withoutRefreshToken && license.view()?.evaluation.token.state === 'fine') return succeed('not_due');
    if (nextRefreshAt === undefined && lastFailure) return { ok: false, failure: lastFailure };
    if (nextRefreshAt !== undefined && nextRefreshAt > services.trustedTime.evaluate().judgedAt)
      return succeed('not_due');
  }
  const refreshing = refresh.refreshNow();
  // Ctrl-C stops only the wait: a token that still arrives is stored. But the pairing ends with the command, and an answer on its way
  // through the laptop would be lost.
  const outcome = await (usesLaptop(args)
    ? refreshing
    : Promise.race([refreshing, untilCancelled(output.terminal.cancelled)]));
  return outcome.ok ? succeed('refreshed') : outcome;
}

function named({ services }: CommandCall, server: LicensedServer, reason: Failure): Result<never> {
  return { ok: false, failure: ofServer(services, server, reason, 'refresh') };
}

function documentOf({ profile, license, refresh }: LicensedServer, outcome: Result<Refreshed>) {
  const { nextRefreshAt } = refresh.view();
  const expiresAt = license.view()?.details.tokenExpiresAt;
  return present({
    id: profile.id,
    server_name: profile.serverName,
    outcome: outcome.ok ? outcome.value : 'failed',
    failure: outcome.ok ? undefined : failureDocument(outcome.failure),
    token_expires_at: instantOf(expiresAt),
    next_refresh_at: instantOf(nextRefreshAt),
  });
}

function sayOutcome(
  server: LicensedServer,
  outcome: Result<Refreshed>,
  output: CommandOutput,
  isOneOfMany: boolean,
): void {
  const { profile } = server;
  if (!outcome.ok) return sayFailure(outcome.failure, output, isOneOfMany ? profile.serverName : null);
  const lead = isOneOfMany ? `${profile.serverName}: ` : '';
  const view = server.license.view();
  const until = view ? ` ${terminalWords.tokenUntil(view.details.tokenExpiresAt)}` : '';
  const { nextRefreshAt } = server.refresh.view();
  if (outcome.value === 'refreshed') output.say(`${lead}${words.license.refreshed}${until}`);
  else output.say(`${lead}${terminalWords.refresh.notDue(nextRefreshAt)}${until}`);
}

function sayFailure(reason: Failure, output: CommandOutput, serverName: string | null): void {
  if (serverName !== null) output.error(`${serverName}:`);
  output.failureWords(reason);
}
