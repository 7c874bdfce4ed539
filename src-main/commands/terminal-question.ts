import { type Failure, failure } from '../../src-shared/result.ts';
import type { DifferingMember, ServerDifference, ServerIdentity } from '../../src-shared/servers/server-difference.ts';
import { sameServerName } from '../../src-shared/servers/server-name.ts';
import { words } from '../../src-shared/words/words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { CommandCall } from './command.ts';

const { serverQuestion } = words;

/**
 * Asks in the terminal whether a license that seems to be for another server is kept. `--accept-device` answers for a script. If
 * nobody can be asked, the new authorization is ended.
 */
export class TerminalQuestion {
  readonly #call: CommandCall;
  readonly #server: LicensedServer;
  /** The acquisition belongs to the window or terminal that began it, which also asks. */
  readonly #joins: boolean;

  constructor(call: CommandCall, server: LicensedServer, joins: boolean) {
    this.#call = call;
    this.#server = server;
    this.#joins = joins;
  }

  /** Asks, and carries out the answer. Resolves with the failure if a license cannot be kept; the question then stays open. */
  async ask(difference: ServerDifference): Promise<Failure | null> {
    const { output, args } = this.#call;
    const { acquisition } = this.#server;
    const { differs, meant, found } = difference;
    output.document({
      event: 'other_server',
      differs: differs.map((member) => memberNames[member]),
      meant: documentOf(meant),
      found: documentOf(found),
    });
    output.say(`${serverQuestion.headline(difference)}.`);
    for (const [name, expected, actual] of serverQuestion.rows(difference))
      output.say(serverQuestion.line(name, expected, actual), '  - ');
    const alike = serverQuestion.alike(difference);
    if (alike !== null) output.say(alike);
    const answer = accepts(args.value('accept-device'), difference) ? 'keep' : await this.#answer(difference);
    if (answer === 'elsewhere') return failure('license_not_accepted_yet');
    if (answer === null) return null;
    const done = await acquisition[answer]();
    return done.ok || acquisition.view().state !== 'confirming_server' ? null : done.failure;
  }

  /** Null if somebody else has answered, or if the command was cancelled. `elsewhere`: nobody can be asked here. */
  async #answer(difference: ServerDifference): Promise<'keep' | 'undo' | 'decline' | 'elsewhere' | null> {
    const { output } = this.#call;
    const { acquisition } = this.#server;
    const { question, answers, keepMeans, undoMeans } = serverQuestion;
    output.say(`keep: ${keepMeans(difference)}`, '  ');
    output.say(`undo: ${undoMeans}`, '  ');
    for (;;) {
      const typed = output.isJson ? null : await output.terminal.ask(question);
      if (acquisition.view().state !== 'confirming_server' || output.terminal.cancelled.aborted) return null;
      if (!typed?.ok) return this.#joins ? 'elsewhere' : 'decline';
      const answer = typed.value.trim().toLowerCase();
      const meant = (['keep', 'undo'] as const).find((one) => answers[one].includes(answer));
      if (meant) return meant;
    }
  }
}

/**
 * Does `--accept-device` name this device? Its name accepts another device of the same organization. Its Server ID accepts any
 * difference, because no other device has that ID. If nothing differs now, because the server was renamed or holds a license for this
 * device, nobody has to accept it.
 */
function accepts(named: string | undefined, { differs, found }: ServerDifference): boolean {
  if (differs.length === 0) return true;
  if (named === undefined) return false;
  if (named.trim() === found.serverId) return true;
  const isNamed = found.serverName !== undefined && sameServerName(named, found.serverName);
  return isNamed && differs.every((member) => member === 'serverName' || member === 'serverId');
}

const memberNames: Readonly<Record<DifferingMember, string>> = {
  serverName: 'server_name',
  serverId: 'server_id',
  organization: 'organization',
  edition: 'edition',
  deviceType: 'device_type',
};

/** The members under the names of the other JSON documents. */
function documentOf(identity: ServerIdentity): object {
  const members = Object.entries(identity) as [DifferingMember, string][];
  return Object.fromEntries(members.map(([member, value]) => [memberNames[member], value]));
}
