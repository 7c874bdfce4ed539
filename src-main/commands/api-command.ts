import {
  type ClientPermission,
  type ClientView,
  clientPermissions,
  type LocalApiSettings,
  newClientSchema,
  tcpPortSchema,
} from '../../src-shared/local-api-view.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { chosenServer } from './chosen-servers.ts';
import { apiDocument, apiRows, clientDocument, clientRows } from './api-report.ts';
import { type CommandArguments, malformed } from './command-arguments.ts';
import type { CommandOutput } from './command-output.ts';
import type { CommandServer, CommandServices } from './command-services.ts';
import { exitCodes } from './exit-codes.ts';
import { rows } from './terminal-text.ts';

interface Asked {
  readonly services: CommandServices;
  readonly args: CommandArguments;
  readonly output: CommandOutput;
  readonly server: CommandServer;
  /** What stands behind the action. */
  readonly name: string | undefined;
}

const actions: Record<
  string,
  { readonly takesName: boolean; readonly run: (asked: Asked) => number | Promise<number> }
> = {
  status: { takesName: false, run: sayStatus },
  on: { takesName: false, run: (asked) => switchTo(asked, true) },
  off: { takesName: false, run: (asked) => switchTo(asked, false) },
  clients: { takesName: false, run: listClients },
  'create-client': { takesName: true, run: createClient },
  'revoke-client': { takesName: true, run: revokeClient },
};

/** The local license API: how it stands, on and off, and its clients. */
export async function apiCommand(
  services: CommandServices,
  args: CommandArguments,
  output: CommandOutput,
): Promise<number> {
  const [word = 'status', name] = args.given;
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  const wrong = !action
    ? malformed(terminalWords.wrong.unknownAction(word, 'api'))
    : action.takesName && !name
      ? malformed(terminalWords.api.nameMissing(word))
      : !action.takesName && name !== undefined
        ? malformed(terminalWords.wrong.tooMuch(name, 'api'))
        : chosenServer(services, args);
  if (!wrong.ok) return output.fail(wrong.failure);
  return action?.run({ services, args, output, server: wrong.value, name }) ?? exitCodes.failed;
}

function sayStatus({ services, output, server }: Asked): number {
  const view = services.localApi.view(server.profile.id);
  output.document(apiDocument(view, services.isInPlace));
  output.lines(rows(apiRows(view, services.isInPlace), output.width));
  if (services.isInPlace && view.settings.on) output.say(terminalWords.api.notWithoutConsole);
  if (view.failure) output.failureWords(view.failure);
  return exitCodes.done;
}

async function switchTo(asked: Asked, on: boolean): Promise<number> {
  const { services, output, args } = asked;
  const { settings } = services.localApi.view(asked.server.profile.id);
  const port = readPort(args.value('tcp-port'), settings);
  if (!port.ok) return output.fail(port.failure);
  const changed = await services.localApi.change({ ...settings, on, tcpPort: port.value });
  return changed.ok ? sayStatus(asked) : output.fail(changed.failure);
}

function readPort(asked: string | undefined, { tcpPort }: LocalApiSettings): Result<number | null> {
  if (asked === undefined) return succeed(tcpPort);
  if (asked === 'none') return succeed(null);
  const port = tcpPortSchema.safeParse(Number(asked));
  return port.success ? succeed(port.data) : malformed(terminalWords.api.portWrong);
}

function listClients({ services, output, server }: Asked): number {
  const { clients } = services.localApi.view(server.profile.id);
  output.document({ clients: clients.map(clientDocument) });
  if (clients.length === 0) output.say(terminalWords.api.noClients);
  output.lines(
    clients.flatMap((client, place) => [...(place > 0 ? [''] : []), ...rows(clientRows(client), output.width)]),
  );
  return exitCodes.done;
}

function createClient({ services, args, output, server, name }: Asked): number {
  const may = readPermissions(args.value('may'));
  const client = newClientSchema.safeParse({ name, may });
  if (!client.success) return output.fail(malformedClient(may));
  const created = services.localApi.createClient(server.profile.id, client.data);
  if (!created.ok) return output.fail(created.failure);
  const { secret } = created.value;
  output.document({ client: clientDocument(created.value.client), secret });
  output.lines(rows([...clientRows(created.value.client), [terminalWords.api.secret, secret]], output.width));
  output.say(terminalWords.api.secretOnce);
  return exitCodes.done;
}

function malformedClient(may: readonly ClientPermission[] | null) {
  const wrong = may === null ? terminalWords.api.mayWrong : terminalWords.api.clientNameWrong;
  return malformed(wrong).failure;
}

/** Null where it names none, or something else. */
function readPermissions(asked: string | undefined): readonly ClientPermission[] | null {
  const named = [...new Set((asked ?? '').split(',').map((each) => each.trim()))];
  const known = clientPermissions.filter((permission) => named.includes(permission));
  return known.length > 0 && known.length === named.length ? known : null;
}

function revokeClient({ services, output, server, name = '' }: Asked): number {
  const { clients } = services.localApi.view(server.profile.id);
  const revoked = services.localApi.revokeClient(server.profile.id, name);
  if (!revoked.ok) return output.fail(revoked.failure);
  const client: ClientView | undefined = clients.find(({ id }) => id === name);
  output.document({ revoked: name });
  output.say(terminalWords.api.revoked(client?.name ?? name));
  return exitCodes.done;
}
