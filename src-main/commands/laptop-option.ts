import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { instantOf } from '../../src-shared/instant.ts';
import { laptopOf, laptopTrouble, type LaptopView, type LaptopWay, relays } from '../../src-shared/laptop-view.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { present } from '../../src-shared/present.ts';
import { whenLaptop } from '../servers/helped-by-laptop.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { failureDocument } from './failure-document.ts';
import { type CommandArguments, type CommandCall, type Failed, malformed } from './command.ts';

/** Null if the options about a laptop fit together. */
export function pairingOptions(args: CommandArguments): Failed | null {
  const isAlone = args.value('pairing') !== undefined && args.value('laptop') === undefined;
  return isAlone ? malformed(terminalWords.laptop.laptopMissing) : null;
}

/**
 * Pairs the server with the laptop that `--laptop` names. Resolves with null once its requests go through the laptop, or else with the
 * failure: those of {@link LaptopControl.pair}, `issuer_refused`, `command_malformed` if nobody can be asked for the code, `command_cancelled`.
 */
export async function pairWithLaptop(
  { services, args, output }: CommandCall,
  server: LicensedServer,
): Promise<Failure | null> {
  const { laptop, changes } = services;
  const { cancelled } = output.terminal;
  const said = terminalWords.laptop;
  const address = args.value('laptop') ?? '';
  const given = args.value('pairing');
  const typed = given ?? (output.isJson ? null : await asked(output));
  if (cancelled.aborted) return failure('command_cancelled');
  if (typed === null) return malformed(said.codeMissing).failure;
  output.say(said.connecting(address));
  const stopPairing = () => laptop.end();
  cancelled.addEventListener('abort', stopPairing);
  const paired = await laptop.pair(server.profileId, address, typed);
  cancelled.removeEventListener('abort', stopPairing);
  if (cancelled.aborted) return failure('command_cancelled');
  if (!paired.ok) return paired.failure;
  const view = laptopOf(laptop.view(), server.profileId);
  output.document({ event: 'paired', ...present({ words: view?.words, ends_at: instantOf(view?.endsAt) }) });
  output.say(said.connected(view?.words ?? []));
  if (view?.way === 'unconfirmed') output.say(said.waitsForYes);
  const isDecided = (way: LaptopWay) => relays(way) || way === 'refused';
  const way = await whenLaptop(isDecided, laptop, changes, server.profileId, cancelled);
  if (way !== null && relays(way)) {
    output.say(said.authorizeThere);
    return null;
  }
  return failure(cancelled.aborted ? 'command_cancelled' : (laptopTrouble(laptop.view()) ?? 'pairing_ended'));
}

/** What was last reported of the laptop: its failure, or how it stands. */
type Reported = FailureCode | 'relaying' | 'doubted';

/**
 * Says when the laptop is gone, stops answering, is back, or ends the offer, while the command waits. The result ends that. An
 * interruption is not reported: within seconds it is over, or the laptop is gone.
 */
export function followLaptop({ services, output }: CommandCall): () => void {
  const { laptop, changes } = services;
  let reported: Reported = 'relaying';
  return changes.subscribe(() => {
    const now = reportOf(laptop.view());
    if (now === null || now === reported) return;
    const before = reported;
    reported = now;
    if (now === 'relaying') {
      output.document({ event: 'laptop_recovered' });
      output.say(before === 'doubted' ? terminalWords.laptop.triedFirst : terminalWords.laptop.back);
    } else if (now === 'doubted') {
      output.document({ event: 'laptop_doubted' });
      output.say(words.laptop.ways.doubted);
    } else {
      const trouble = failure(now);
      output.document({ event: 'laptop_trouble', failure: failureDocument(trouble) });
      const { headline, meaning } = words.failureWords(trouble);
      output.say(`${headline}. ${meaning}`);
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
