import type { PollView, UserCodeView } from '../../src-shared/license/acquisition-state.ts';
import { instantOf } from '../../src-shared/instant.ts';
import { helpsWell, laptopOf } from '../../src-shared/pairing/laptop-view.ts';
import { present } from '../../src-shared/present.ts';
import { qrCode } from '../../src-shared/text/qr-code.ts';
import type { ServerDifference } from '../../src-shared/servers/server-difference.ts';
import type { Failure } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { authorizationMessage } from '../acquisition/authorization-message.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { ofServer, sayWhichServer, withServer } from './chosen-servers.ts';
import type { Command, CommandCall, CommandEnd } from './command.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';
import { failureDocument } from './failure-document.ts';
import { type AcquisitionListener, followAcquisition } from './followed-acquisition.ts';
import { serverDocument } from './license-document.ts';
import { laptopOptions, throughLaptop, wrongLaptopOptions } from './laptop-option.ts';
import { reportLines } from './report-lines.ts';
import { TerminalQuestion } from './terminal-question.ts';
import { exitCodeOfReport, reportOf } from './server-report.ts';
import { rows, wrapped } from './terminal-text.ts';

/** Shows a User Code and waits for the license. */
export const acquireCommand: Command = {
  flags: ['again', 'no-qr', 'message'],
  values: ['server', 'accept-device', ...laptopOptions],
  takesLong: true,
  endsItself: true,
  saysEvents: true,
  does: withServer(acquire),
};

async function acquire(call: CommandCall, server: LicensedServer): Promise<CommandEnd> {
  const { services, args, output } = call;
  const wrong = wrongLaptopOptions(args, 1);
  if (wrong) return wrong;
  if (!args.has('again') && !server.newLicenseWaits && isFine(services, server))
    return sayLicensed(services, server, output, 'already_licensed');
  return throughLaptop(call, server, () => acquireNow(call, server));
}

async function acquireNow(call: CommandCall, server: LicensedServer): Promise<CommandEnd> {
  const { services, output } = call;
  // Without a running console nobody else can have begun.
  const joins = !services.isInPlace && isOpen(server);
  const { cancelled } = output.terminal;
  const begins = joins ? null : begin(server);
  const listener = new AcquisitionReporter(call, server, joins);
  const ended = await followAcquisition(services, server, listener, cancelled);
  if (!ended) return sayLicensed(services, server, output, 'licensed');
  // A code that was already open belongs to the window or terminal that opened it, so it is not cancelled.
  if (ended.code === 'command_cancelled' && cancelled.aborted && !joins) await cancel(server);
  await begins;
  const refused = server.license.view() ? 'acquire --again' : 'acquire';
  return { ok: false, failure: ofServer(services, server, ended, refused) };
}

function isFine(services: CommandServices, server: LicensedServer): boolean {
  return exitCodeOfReport(reportOf(services, server)) === exitCodes.done;
}

function isOpen({ acquisition }: LicensedServer): boolean {
  return ['requesting_code', 'awaiting_authorization', 'storing_license', 'confirming_server'].includes(
    acquisition.view().state,
  );
}

function begin(server: LicensedServer): Promise<unknown> {
  server.setRemoval({ state: 'idle' });
  return server.acquisition.start();
}

/** Cancels the acquisition. A license that nobody has accepted is given back. */
async function cancel({ acquisition, newLicenseWaits }: LicensedServer): Promise<void> {
  if (newLicenseWaits) await acquisition.decline();
  acquisition.cancel();
}

function sayLicensed(
  services: CommandServices,
  server: LicensedServer,
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

/** Reports progress: to a person on the terminal, or to a program as one JSON document per line. */
class AcquisitionReporter implements AcquisitionListener {
  readonly #call: CommandCall;
  readonly #server: LicensedServer;
  readonly #joins: boolean;
  readonly #question: TerminalQuestion;
  /** The code was shown without its link, because a laptop helps. */
  #isWithoutLink = false;
  #trouble: Failure['code'] | null = null;

  constructor(call: CommandCall, server: LicensedServer, joins: boolean) {
    this.#call = call;
    this.#server = server;
    this.#joins = joins;
    this.#question = new TerminalQuestion(call, server, joins);
  }

  onCode(code: UserCodeView): void {
    const { userCode, verificationUri, verificationUriComplete, remainingSeconds } = code;
    const now = this.#call.services.trustedTime.evaluate().judgedAt;
    const expiresAt = now + remainingSeconds * 1_000;
    const message = this.#call.args.has('message') ? authorizationMessage(this.#server.profile, code, now) : null;
    this.#call.output.document({
      event: 'user_code',
      user_code: userCode,
      verification_uri: verificationUri,
      expires_in: Math.floor(remainingSeconds),
      expires_at: instantOf(expiresAt),
      ...present({ verification_uri_complete: verificationUriComplete, message: message?.lines }),
    });
    this.#drawCode(code, message?.lines ?? []);
    if (message) this.#server.acquisition.message.note(userCode);
  }

  onWaiting(code: UserCodeView, { trouble, checkedSecondsAgo, nextInSeconds }: PollView): void {
    const { remainingSeconds } = code;
    if (this.#isWithoutLink && !this.#laptopHelps) this.#drawCode(code, []);
    const left = words.acquisition.timeLeft(remainingSeconds);
    const reason = trouble ? words.failureWords(trouble).headline : null;
    this.#call.output.live(
      reason === null
        ? `${left}. ${words.acquisition.pollLine(checkedSecondsAgo, nextInSeconds).replace(`${words.acquisition.waiting} `, '')}`
        : words.acquisition.pollTrouble(reason, remainingSeconds),
    );
    if ((trouble?.code ?? null) === this.#trouble) return;
    this.#trouble = trouble?.code ?? null;
    this.#call.output.document(
      trouble ? { event: 'trouble', failure: failureDocument(trouble) } : { event: 'recovered' },
    );
    if (!this.#call.output.terminal.isLive)
      this.#call.output.say(
        reason === null ? words.acquisition.pollRecovered : words.acquisition.pollTroubleSpoken(reason),
      );
  }

  onStoring(): void {
    this.#call.output.say(words.acquisition.storing);
  }

  onQuestion(difference: ServerDifference): Promise<Failure | null> {
    return this.#question.ask(difference);
  }

  get #laptopHelps(): boolean {
    return helpsWell(laptopOf(this.#call.services.laptop.view(), this.#server.profileId));
  }

  #drawCode(
    { userCode, verificationUri, verificationUriComplete, otherSite, remainingSeconds }: UserCodeView,
    message: readonly string[],
  ): void {
    const output = this.#call.output;
    const { columns, hasColours } = output.terminal;
    const { acquire } = terminalWords;
    const link = verificationUriComplete ?? verificationUri;
    // The person at the laptop opens the page there. A link here would only say to do it again.
    this.#isWithoutLink = this.#laptopHelps;
    sayWhichServer(this.#call.services, this.#server, output);
    const hasQr = !this.#isWithoutLink && !this.#call.args.has('no-qr');
    const qr = hasQr ? qrLines(link, Math.min(columns, 80), hasColours) : [];
    const links: (readonly [string, string])[] = [
      [acquire.link, verificationUri],
      ...(verificationUriComplete ? [[acquire.filledIn, verificationUriComplete] as const] : []),
    ];
    if (this.#joins) output.say(acquire.joined);
    output.lines([
      ...rows([[words.acquisition.userCode, userCode], ...(this.#isWithoutLink ? [] : links)], output.width),
      ...(qr.length > 0 ? ['', ...qr] : []),
      '',
    ]);
    if (otherSite && !this.#isWithoutLink) output.say(words.pane.otherSite);
    if (message.length > 0) {
      output.say(acquire.message);
      output.lines(['', ...message.flatMap((line) => wrapped(line, output.width)), '']);
    }
    const timeLeft = words.acquisition.timeLeft(remainingSeconds);
    output.say(this.#isWithoutLink ? acquire.atTheLaptop(timeLeft) : acquire.whatToDo(timeLeft));
    output.say(words.acquisition.waiting);
  }
}

/** White on black, regardless of the terminal's colours. */
const [whiteOnBlack, usualColours] = ['\u001B[97;40m', '\u001B[0m'];

/** The lines of a QR code for a link. Empty if the code is wider than the terminal, or the link is too long. */
export function qrLines(link: string, columns: number, hasColours: boolean): readonly string[] {
  const code = qrCode(link, 'L');
  if (code === null || code.size > columns) return [];
  const drawn = code.rows.flatMap((row, y) => (y % 2 === 0 ? [twoRows(row, code.rows[y + 1])] : []));
  return hasColours ? drawn.map((line) => `${whiteOnBlack}${line}${usualColours}`) : drawn;
}

/** Draws two rows as one line, because terminal characters are about twice as high as wide. A missing last row is dark. */
function twoRows(upper: readonly boolean[], lower: readonly boolean[] | undefined): string {
  return upper.map((dark, x) => (dark ? ' ▄' : '▀█')[(lower?.[x] ?? true) ? 0 : 1]).join('');
}
