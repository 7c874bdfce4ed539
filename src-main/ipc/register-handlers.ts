import type { WebContents } from 'electron';
import { type IpcCall, ipcCallChannel } from '../../src-shared/ipc-channels.ts';
import { ipcCalls, type IpcHandlers } from '../../src-shared/ipc-contract.ts';
import { fail, type Result } from '../../src-shared/result.ts';
import { shown } from '../../src-shared/shown-text.ts';
import type { Log } from '../ports/log.ts';
import { isTrustedSender } from './trusted-sender.ts';

/**
 * Answers the contract's calls for one window alone: every sender is checked, every payload parsed, and every answer is a
 * Result. Failures of its own: `request_malformed`, `internal_error`.
 */
export function registerHandlers(contents: WebContents, origin: string, handlers: IpcHandlers, log: Log): void {
  for (const call of Object.keys(ipcCalls) as IpcCall[]) {
    contents.ipc.handle(ipcCallChannel(call), async (event, payload: unknown) => {
      if (!isTrustedSender(event, contents.mainFrame, origin)) return fail('request_malformed');
      return answerCall(call, payload, handlers, log);
    });
  }
}

/** Parses a payload and calls its handler; its answer is for people, who see no more than {@link shown} leaves; whatever is thrown becomes `internal_error`. */
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
    log.warn('call_failed', { call, error: thrown instanceof Error ? thrown.name : 'unknown' });
    return fail('internal_error');
  }
}
