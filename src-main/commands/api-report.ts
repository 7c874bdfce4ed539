import { instantOf } from '../../src-shared/instant.ts';
import type { ClientView, LocalApiView } from '../../src-shared/registers/local-api-view.ts';
import { present } from '../../src-shared/present.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { failureDocument } from './failure-document.ts';

type Rows = readonly (readonly [string, string])[];

/** The state of the local license API. In a command's own process it is shown as not open, because it ends with the command. */
export function apiRows({ settings, state, socket, tcp }: LocalApiView, isInPlace: boolean): Rows {
  const { api } = terminalWords;
  const isOpen = state === 'listening' && !isInPlace;
  return [
    [api.setting, settings.on ? api.on : api.off],
    [api.state, isOpen ? api.states.listening : state === 'failed' ? api.states.failed : api.states.off],
    ...(isOpen && socket ? [[api.socket, socket] as const] : []),
    [api.tcp, tcpText({ settings, tcp: isOpen ? tcp : undefined })],
  ];
}

function tcpText({ settings, tcp }: { settings: LocalApiView['settings']; tcp: LocalApiView['tcp'] }): string {
  if (tcp) return `${tcp.host}:${tcp.port}`;
  return settings.tcpPort === null ? terminalWords.api.off : terminalWords.api.port(settings.tcpPort);
}

export function apiDocument({ settings, state, socket, tcp, failure, clients }: LocalApiView, isInPlace: boolean) {
  const isOpen = state === 'listening' && !isInPlace;
  return present({
    on: settings.on,
    state: isInPlace && state === 'listening' ? 'off' : state,
    tcp_port: settings.tcpPort,
    socket: (isOpen && socket) || undefined,
    tcp: (isOpen && tcp) || undefined,
    failure: failure ? failureDocument(failure) : undefined,
    clients: clients.length,
  });
}

export function clientRows({ id, name, may, createdAt, lastUsedAt }: ClientView): Rows {
  const { api } = terminalWords;
  return [
    [api.clientName, name],
    [api.clientId, id],
    [api.may, may.join(', ')],
    [api.created, words.dates.mediumDateTime(createdAt)],
    [api.lastUsed, lastUsedAt === undefined ? api.never : words.dates.mediumDateTime(lastUsedAt)],
  ];
}

export function clientDocument({ id, name, may, createdAt, lastUsedAt }: ClientView) {
  return present({ id, name, may, created_at: instantOf(createdAt), last_used_at: instantOf(lastUsedAt) });
}
