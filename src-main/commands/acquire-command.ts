import type { PollView, UserCodeView } from '../../src-shared/acquisition-state.ts';
import type { Failure } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { chosenServer } from './chosen-servers.ts';
import type { CommandArguments } from './command-arguments.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServer, CommandServices } from './command-services.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { failureDocument } from './failure-document.ts';
import { type AcquisitionListener, followAcquisition } from './followed-acquisition.ts';
import { instant, serverDocument } from './license-document.ts';
import { qrLines } from './qr-lines.ts';
import { reportLines } from './report-lines.ts';
import { exitCodeOfReport, reportOf } from './server-report.ts';
import { rows } from './terminal-text.ts';

/** What stands between here and a terminal of Windows may not know colours. */
const hasColours = process.platform !== 'win32';

/** Gets a license by a User Code, and waits for it. */
export async function acquireCommand(
  services: CommandServices,
  args: CommandArguments,
  output: CommandOutput,
): Promise<number> {
  const chosen = chosenServer(services, args);
  if (!chosen.ok) return sayFailed(chosen.failure, output);
  const server = chosen.value;
  if (!args.has('again') && isFine(services, server)) return sayLicensed(services, server, output, 'already_licensed');
  const joins = isOpen(server);
  const { cancelled } = output.terminal;
  const begins = joins ? null : begin(server);
  const ended = await followAcquisition(
    services,
    server,
    new AcquisitionTold(services, args, output, joins),
    cancelled,
  );
  if (!ended) return sayLicensed(services, server, output, 'licensed');
  // A code that was open before belongs to whoever opened it.
  if (cancelled.aborted && !joins) server.acquisition.cancel();
  await begins;
  return sayFailed(ended, output);
}

function sayFailed(reason: Failure, output: CommandOutput): number {
  output.document({ event: 'failed', failure: failureDocument(reason) });
  output.failureWords(reason);
  return exitCodeOf(reason);
}

function isFine(services: CommandServices, server: CommandServer): boolean {
  return exitCodeOfReport(reportOf(services, server)) === exitCodes.done;
}

function isOpen({ acquisition }: CommandServer): boolean {
  return ['requesting_code', 'awaiting_authorization', 'storing_license'].includes(acquisition.view().state);
}

function begin(server: CommandServer): Promise<unknown> {
  server.setRemoval({ state: 'idle' });
  return server.acquisition.start();
}

function sayLicensed(
  services: CommandServices,
  server: CommandServer,
  output: CommandOutput,
  event: 'licensed' | 'already_licensed',
): number {
  const report = reportOf(services, server);
  output.document({ event, ...serverDocument(report) });
  if (event === 'already_licensed') {
    output.say(terminalWords.acquire.alreadyLicensed);
    output.lines(['']);
  }
  output.lines(reportLines(report, output.width));
  return exitCodes.done;
}

/** Tells a terminal, or a program line by line, how it goes on. */
class AcquisitionTold implements AcquisitionListener {
  readonly #services: CommandServices;
  readonly #args: CommandArguments;
  readonly #output: CommandOutput;
  readonly #joins: boolean;
  #trouble: Failure['code'] | null = null;

  constructor(services: CommandServices, args: CommandArguments, output: CommandOutput, joins: boolean) {
    this.#services = services;
    this.#args = args;
    this.#output = output;
    this.#joins = joins;
  }

  onCode(code: UserCodeView): void {
    const { userCode, verificationUri, verificationUriComplete, remainingSeconds } = code;
    const expiresAt = this.#services.clock().judgedAt + remainingSeconds * 1_000;
    this.#output.document({
      event: 'user_code',
      user_code: userCode,
      verification_uri: verificationUri,
      ...(verificationUriComplete ? { verification_uri_complete: verificationUriComplete } : {}),
      expires_in: Math.floor(remainingSeconds),
      expires_at: instant(expiresAt),
    });
    this.#drawCode(code);
  }

  onWaiting({ remainingSeconds }: UserCodeView, { trouble, checkedSecondsAgo, nextInSeconds }: PollView): void {
    const left = words.acquisition.timeLeft(remainingSeconds);
    const reason = trouble ? words.failureWords(trouble).headline : null;
    this.#output.live(
      reason === null
        ? `${left}. ${words.acquisition.pollLine(checkedSecondsAgo, nextInSeconds).replace(`${words.acquisition.waiting} `, '')}`
        : words.acquisition.pollTrouble(reason, remainingSeconds),
    );
    if ((trouble?.code ?? null) === this.#trouble) return;
    this.#trouble = trouble?.code ?? null;
    this.#output.document(trouble ? { event: 'trouble', failure: failureDocument(trouble) } : { event: 'recovered' });
    if (!this.#output.terminal.isLive)
      this.#output.say(reason === null ? words.acquisition.pollRecovered : words.acquisition.pollTroubleSpoken(reason));
  }

  onStoring(): void {
    this.#output.say(words.acquisition.storing);
  }

  #drawCode({ userCode, verificationUri, verificationUriComplete, remainingSeconds }: UserCodeView): void {
    const output = this.#output;
    const { columns, isLive } = output.terminal;
    const { acquire } = terminalWords;
    const link = verificationUriComplete ?? verificationUri;
    const qr = this.#args.has('no-qr') ? [] : qrLines(link, Math.min(columns, 80), isLive && hasColours);
    if (this.#joins) output.say(acquire.joined);
    output.lines([
      ...rows(
        [
          [words.acquisition.userCode, userCode],
          [acquire.link, verificationUri],
          ...(verificationUriComplete ? [[acquire.filledIn, verificationUriComplete] as const] : []),
        ],
        output.width,
      ),
      ...(qr.length > 0 ? ['', ...qr] : []),
      '',
    ]);
    output.say(acquire.whatToDo(words.acquisition.timeLeft(remainingSeconds)));
    output.say(words.acquisition.waiting);
  }
}
