import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import { authorizationMessage } from '../../src-main/acquisition/authorization-message.ts';
import type {
  HeadOfficeMessage,
  IpcCall,
  IpcEvent,
  IpcRequest,
  LicenseConsoleBridge,
} from '../../src-shared/window/ipc-contract.ts';
import { mailtoAddress } from '../../src-shared/support/mail-draft.ts';
import { present } from '../../src-shared/present.ts';
import { fail, failure, type Result } from '../../src-shared/result.ts';
import { aboutConsole } from '../fakes/about-console.ts';
import { boardOf } from './boards.ts';
import { readmeOfDiagnostics } from './diagnostics.ts';
import { historyOf } from './histories.ts';
import { pairingRefusals } from './pairings.ts';
import { createdClient, localApiOf, peersOf } from './registers.ts';

/** The message to head office, as the main process writes it. */
function messageOf({ acquisition, at, profile }: ConsoleState): HeadOfficeMessage | null {
  if (acquisition.state !== 'awaiting_authorization' || !profile) return null;
  const draft = { to: '', ...authorizationMessage(profile, acquisition.code, at) };
  return present({ lines: draft.lines, mailto: mailtoAddress(draft) ?? undefined });
}

/** A bridge without a main process: every intent succeeds, but the address of the first run is refused. */
export function makeFakeBridge(name: string, state: ConsoleState): LicenseConsoleBridge {
  const answers: Partial<Record<IpcCall, unknown>> = {
    'console.read': { ok: true, value: state },
    'local_api.read': { ok: true, value: localApiOf(name) },
    'local_api.create_client': { ok: true, value: createdClient.client },
    'local_api.read_secret': { ok: true, value: createdClient.secret },
    'peers.read': { ok: true, value: peersOf(name) },
    'clock.start_time_service':
      name === 'clock-wrong-refused'
        ? { ok: false, failure: failure('time_service_refused') }
        : { ok: true, value: null },
    'clock.await_setting': { ok: true, value: { wasSet: true, at: state.at } },
    'support.contact': {
      ok: true,
      value: {
        state: 'set',
        contact: { name: 'Fusion Coffee help desk', phone: '+1 555 0100', url: 'https://help.fusion-coffee.example' },
      },
    },
    'laptop.find': {
      ok: true,
      value: name === 'laptop-no-answer' ? [] : [{ name: 'HP-INSTALL-7', address: '192.168.1.77' }],
    },
    'head_office.read': { ok: true, value: messageOf(state) },
    'support.about': { ok: true, value: aboutConsole },
    'board.read': { ok: true, value: boardOf(name, state.at) },
    'board.export': {
      ok: true,
      value: { state: 'saved', fileName: 'Servers 2026-11-26.csv', folder: 'D:\\Documents' },
    },
    'diagnostics.read': { ok: true, value: readmeOfDiagnostics },
    'diagnostics.save': { ok: false, failure: failure('diagnostics_not_saved', { facts: { reason: 'full' } }) },
    'history.read': { ok: true, value: historyOf(name) },
    'history.export':
      name === 'history-not-written'
        ? { ok: false, failure: failure('export_not_written') }
        : {
            ok: true,
            value: { state: 'saved', fileName: 'License history Store 014 2026-11-26.csv', folder: 'D:\\Documents' },
          },
    'export.save_pdf': {
      ok: true,
      value: { state: 'saved', fileName: 'License summary Store 014 2026-11-26.pdf', folder: 'D:\\Documents' },
    },
    'handover.read': { ok: true, value: { installedBy: 'Maria Gómez' } },
    'profile.check': { ok: false, failure: failure('metadata_not_found', { facts: { host: 'shop.example.com' } }) },
    'acquisition.complete': { ok: false, failure: failure('poll_not_due', { facts: { seconds: '2' } }) },
  };
  const isConnecting = state.laptop?.state === 'connecting';
  return {
    call: (name, ...request) => {
      calls.push({ name, request: request[0] });
      if (name === 'laptop.pair' && isConnecting) return new Promise(() => {});
      if (name === 'laptop.pair') return Promise.resolve(refusalOf(request[0] as IpcRequest<'laptop.pair'>) as never);
      return Promise.resolve((answers[name] ?? { ok: true, value: null }) as never);
    },
    on: (event, listener) => {
      const heard = { event, listener: listener as (value: unknown) => void };
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
  };
}

/** Pairing fails with the failure code that is typed in place of the pairing code. */
function refusalOf({ code }: IpcRequest<'laptop.pair'>): Result<null> {
  return fail(pairingRefusals.find((known) => known === code) ?? 'pairing_code_invalid');
}

const listeners = new Set<{ readonly event: IpcEvent; readonly listener: (value: unknown) => void }>();

/** Sends an event to the page, as the main process does. */
function sendToPage(event: IpcEvent, value: unknown): void {
  for (const heard of listeners) if (heard.event === event) heard.listener(value);
}

/** The calls of the page, in order, to be read in the browser's developer tools. */
const calls: { name: IpcCall; request: unknown }[] = [];
Object.assign(globalThis, { licenseConsoleCalls: calls, sendToPage });
