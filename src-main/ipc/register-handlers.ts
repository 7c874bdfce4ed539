import type { WebContents } from 'electron';
import { type IpcCall, ipcCallChannel } from '../../src-shared/window/ipc-channels.ts';
import {
  callsAnsweredAsText,
  ipcCalls,
  type IpcHandlers,
  isOfShownServer,
} from '../../src-shared/window/ipc-contract.ts';
import { fail, type Result } from '../../src-shared/result.ts';
import { shown } from '../../src-shared/text/shown-text.ts';
import type { Changes } from '../changes.ts';
import type { Log } from '../ports/log.ts';
import { isTrustedSender } from './trusted-sender.ts';

interface RegisterDeps {
  readonly shownProfileId: () => string | null;
  readonly log: Log;
  readonly changes: Pick<Changes, 'promptly'>;
}

/**
 * Registers the handlers of all IPC calls for one window. Checks every sender, parses every payload, and answers with a
 * Result, or with its JSON text for {@link callsAnsweredAsText}. A call about the shown server is refused if the page showed another
 * one: a command in a terminal may have chosen it in between. Additional failures: `request_malformed`, `another_server_shown`,
 * `internal_error`.
 */
export function registerHandlers(
  contents: WebContents,
  origin: string,
  handlers: IpcHandlers,
  { shownProfileId, log, changes }: RegisterDeps,
): void {
  for (const call of Object.keys(ipcCalls) as IpcCall[]) {
    contents.ipc.handle(ipcCallChannel(call), async (event, payload: unknown, seen?: unknown) => {
      if (!isTrustedSender(event, contents.mainFrame, origin)) return fail('request_malformed');
      if (isOfShownServer(call) && seen !== undefined && seen !== shownProfileId()) return fail('another_server_shown');
      const answer = await changes.promptly(() => answerCall(call, payload, handlers, log));
      return callsAnsweredAsText.has(call) ? JSON.stringify(answer) : answer;
    });
  }
}

/** Parses a payload and calls its handler. Cleans the answer for people with {@link shown}. Exceptions become `internal_error`. */
export async function answerCall(
  call: IpcCall,
  payload: unknown,
  handlers: IpcHandlers,
  log: Log,
): Promise<Result<unknown>> {
  try {
    const parsed = ipcCalls[call].safeParse(payload);
    if (!parsed.success) return fail('request_malformed');
    const handler = handlers[call] as (request: unknown) => Promise<Result<unknown>>;
    return shown(await handler(parsed.data));
  } catch (thrown) {
    log.error('window', 'call_failed', thrown, { call });
    return fail('internal_error');
  }
}
