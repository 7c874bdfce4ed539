import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { instantOf } from '../../src-shared/instant.ts';
import {
  laptopOf,
  laptopTrouble,
  type LaptopView,
  type LaptopWay,
  relays,
} from '../../src-shared/pairing/laptop-view.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { present } from '../../src-shared/present.ts';
import { whenLaptop, type LaptopControl } from '../servers/helped-by-laptop.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { failureDocument } from './failure-document.ts';
import { ofServer } from './chosen-servers.ts';
import type { CommandServices } from './command-services.ts';
import { type CommandArguments, type CommandCall, type CommandEnd, type Failed, failed, malformed } from './command.ts';

/** The options of a command that can reach the Authorization server through a laptop. */
export const laptopOptions: readonly string[] = ['laptop', 'pairing'];

export function usesLaptop(args: CommandArguments): boolean {
  return args.value('laptop') !== undefined;
}

/** Null if the options about a laptop fit together, and fit the number of servers: a laptop helps one. */
export function wrongLaptopOptions(args: CommandArguments, servers: number): Failed | null {
  if (!usesLaptop(args))
    return args.value('pairing') === undefined ? null : malformed(terminalWords.laptop.laptopMissing);
  if (servers === 0) return failed('no_server');
  return servers > 1 ? malformed(terminalWords.wrong.sayWhichServer) : null;
}

/**
 * Runs a command for one server, through a laptop if `--laptop` names one. The pairing that the command begins ends with it, and no other.
 * Failures: also those of {@link pairWithLaptop}.
 */
export async function throughLaptop(
  call: CommandCall,
  server: LicensedServer,
  run: () => Promise<CommandEnd>,
): Promise<CommandEnd> {
  if (!usesLaptop(call.args)) return run();
  let stopFollowing = () => {};
  const pairing = new AbortController();
  try {
    const trouble = await pairWithLaptop(call, server, pairing);
    if (trouble) return { ok: false, failure: ofServer(call.services, server, trouble, '') };
    stopFollowing = followLaptop(call, server);
    return await run();
  } finally {
    stopFollowing();
    pairing.abort();
  }
}

/** The failure `laptop_in_use` if a laptop helps a server now. A command never takes the laptop away from that server. */
function laptopInUse({ laptop, servers }: CommandServices, { profileId }: LicensedServer): Failure | null {
  const view = laptop.view();
  if (!view || view.state === 'ended') return null;
  if (view.profileId === profileId) return failure('laptop_in_use');
  const helped = servers.all.find(({ profile }) => profile.id === view.profileId);
  return failure('laptop_in_use', { facts: { server: helped?.profile.serverName ?? terminalWords.laptop.newServer } });
}

/**
 * Pairs the server with the laptop that `--laptop` names, until `pairing` is aborted. Resolves with null once its requests go through the
 * laptop, or else with the failure: those of {@link LaptopControl.pair}, `laptop_in_use`, `issuer_refused`, `command_malformed` if nobody
 * can be asked for the code, `command_cancelled`.
 */
async function pairWithLaptop(
  { services, args, output }: CommandCall,
  server: LicensedServer,
  pairing: AbortController,
): Promise<Failure | null> {
  const { laptop, changes } = services;
  const { cancelled } = output.terminal;
  const said = terminalWords.laptop;
  const address = args.value('laptop') ?? '';
  const given = args.value('pairing');
  if (given === undefined && output.isJson) return malformed(said.codeMissing).failure;
  const inUse = laptopInUse(services, server);
  if (inUse) return inUse;
  const typed = given ?? (await asked(output));
  if (cancelled.aborted) return failure('command_cancelled');
  if (typed === null) return malformed(said.codeMissing).failure;
  // The window may have been paired while the person typed.
  const inUseNow = laptopInUse(services, server);
  if (inUseNow) return inUseNow;
  output.say(said.connecting(address));
  const stopPairing = () => pairing.abort();
  cancelled.addEventListener('abort', stopPairing);
  const paired = await laptop.pair(server.profileId, address, typed, pairing.signal);
  cancelled.removeEventListener('abort', stopPairing);
  if (cancelled.aborted) return failure('command_cancelled');
  if (!paired.ok) return paired.failure;
  const view = laptopOf(laptop.view(), server.profileId);
  output.event({ event: 'paired', ...present({ words: view?.words, ends_at: instantOf(view?.endsAt) }) });
  output.say(said.connected(view?.words ?? []));
  if (view?.way === 'unconfirmed') output.say(said.waitsForYes);
  const isDecided = (way: LaptopWay) => relays(way) || way === 'refused';
  const way = await whenLaptop(isDecided, laptop, changes, server.profileId, cancelled);
  if (way !== null && relays(way)) return null;
  return failure(cancelled.aborted ? 'command_cancelled' : (laptopTrouble(viewOf(laptop, server)) ?? 'pairing_ended'));
}

/** The laptop of this server. Null if there is none: the window may have paired another server in the meantime. */
function viewOf(laptop: LaptopControl, { profileId }: LicensedServer): LaptopView | null {
  const view = laptop.view();
  return view?.profileId === profileId ? view : null;
}

/** What was last reported about the laptop: its failure or its state. */
type Reported = FailureCode | 'relaying' | 'doubted';

/**
 * Says when the server's laptop is gone, stops answering, is back, or ends the offer, while the command waits. Returns a function that
 * stops this. An interruption is not reported: within seconds it is over, or the laptop is gone.
 */
function followLaptop({ services, output }: CommandCall, server: LicensedServer): () => void {
  const { laptop, changes } = services;
  let reported: Reported = 'relaying';
  return changes.subscribe(() => {
    const now = reportOf(viewOf(laptop, server));
    if (now === null || now === reported) return;
    const before = reported;
    reported = now;
    if (now === 'relaying') {
      output.event({ event: 'laptop_recovered' });
      output.say(before === 'doubted' ? terminalWords.laptop.triedFirst : terminalWords.laptop.back);
    } else if (now === 'doubted') {
      output.event({ event: 'laptop_doubted' });
      output.say(words.laptop.ways.doubted);
    } else {
      const trouble = failure(now);
      output.event({ event: 'laptop_trouble', failure: failureDocument(trouble) });
      output.say(words.inSentences(words.failureWords(trouble)));
    }
  });
}

/** Null if there is nothing to report. */
function reportOf(view: LaptopView | null): Reported | null {
  const way = view?.state === 'paired' ? view.way : null;
  return laptopTrouble(view) ?? (way === 'relaying' || way === 'doubted' ? way : null);
}

async function asked({ terminal }: CommandCall['output']): Promise<string | null> {
  const typed = await terminal.ask(terminalWords.laptop.askCode);
  return typed.ok ? typed.value : null;
}
