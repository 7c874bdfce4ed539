import {
  type ClientPermission,
  clientPermissions,
  type LocalApiSettings,
  newClientSchema,
  tcpPortSchema,
} from '../../src-shared/registers/local-api-view.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { sayWhichServer, withServer } from './chosen-servers.ts';
import { apiDocument, apiRows, clientDocument, clientRows } from './api-report.ts';
import { type Command, type CommandCall, type CommandEnd, malformed } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { rows } from './terminal-text.ts';

const needsName = (action: string) => ({ nameMissing: terminalWords.api.nameMissing(action) });

/** The local license API: shows its state, switches it on and off, and manages its clients. */
export const apiCommand: Command = {
  values: ['server', 'may', 'tcp-port'],
  does: {
    status: { run: withServer(sayStatus) },
    on: { run: withServer((call, server) => switchTo(call, server, true)) },
    off: { run: withServer((call, server) => switchTo(call, server, false)) },
    clients: { run: withServer(listClients) },
    'create-client': { ...needsName('create-client'), run: withServer(createClient) },
    'revoke-client': { ...needsName('revoke-client'), run: withServer(revokeClient) },
  },
};

function sayStatus({ services, output }: CommandCall, server: LicensedServer): number {
  const view = services.localApi.view(server.profile.id);
  output.document(apiDocument(view, services.isInPlace));
  output.lines(rows(apiRows(view, services.isInPlace), output.width));
  if (services.isInPlace && view.settings.on) output.say(preflightWords.apiNotWithoutConsole);
  if (view.failure) output.failureWords(view.failure);
  return exitCodes.done;
}

async function switchTo(call: CommandCall, server: LicensedServer, on: boolean): Promise<CommandEnd> {
  const { services, args } = call;
  const { settings } = services.localApi.view(server.profile.id);
  const port = readPort(args.value('tcp-port'), settings);
  if (!port.ok) return port;
  const changed = await services.localApi.change({ ...settings, on, tcpPort: port.value });
  return changed.ok ? sayStatus(call, server) : changed;
}

function readPort(asked: string | undefined, { tcpPort }: LocalApiSettings): Result<number | null> {
  if (asked === undefined) return succeed(tcpPort);
  if (asked === 'none') return succeed(null);
  const port = tcpPortSchema.safeParse(Number(asked));
  return port.success ? succeed(port.data) : malformed(terminalWords.api.portWrong);
}

function listClients({ services, output }: CommandCall, server: LicensedServer): number {
  const { clients } = services.localApi.view(server.profile.id);
  output.document({ clients: clients.map(clientDocument) });
  sayWhichServer(services, server, output);
  if (clients.length === 0) output.say(terminalWords.api.noClients);
  output.lines(
    clients.flatMap((client, place) => [...(place > 0 ? [''] : []), ...rows(clientRows(client), output.width)]),
  );
  return exitCodes.done;
}

function createClient({ services, args, output }: CommandCall, server: LicensedServer, name: string): CommandEnd {
  const may = readPermissions(args.value('may'));
  const client = newClientSchema.safeParse({ name, may });
  if (!client.success) return malformed(may === null ? terminalWords.api.mayWrong : terminalWords.api.clientNameWrong);
  const created = services.localApi.createClient(server.profile.id, client.data);
  if (!created.ok) return created;
  const { secret } = created.value;
  sayWhichServer(services, server, output);
  output.document({ client: clientDocument(created.value.client), secret });
  output.lines(rows([...clientRows(created.value.client), [terminalWords.api.secret, secret]], output.width));
  output.say(terminalWords.api.secretOnce);
  return exitCodes.done;
}

/** Null if the list is empty or has an unknown permission. */
function readPermissions(asked: string | undefined): readonly ClientPermission[] | null {
  const named = [...new Set((asked ?? '').split(',').map((each) => each.trim()))];
  const known = clientPermissions.filter((permission) => named.includes(permission));
  return known.length > 0 && known.length === named.length ? known : null;
}

function revokeClient({ services, output }: CommandCall, server: LicensedServer, named: string): CommandEnd {
  const { clients } = services.localApi.view(server.profile.id);
  const client = clients.find(({ id }) => id === named) ?? clients.find(({ name }) => name === named);
  const revoked = services.localApi.revokeClient(server.profile.id, client?.id ?? named);
  if (!revoked.ok) return revoked;
  output.document({ revoked: client?.id ?? named });
  output.say(terminalWords.api.revoked(client?.name ?? named));
  return exitCodes.done;
}
