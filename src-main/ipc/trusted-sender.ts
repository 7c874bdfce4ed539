import type { IpcMainInvokeEvent, WebFrameMain } from 'electron';

/** Whether the call came from the main frame of the console's own page. Calls from any other frame or origin are refused. */
export function isTrustedSender(
  event: Pick<IpcMainInvokeEvent, 'senderFrame'>,
  mainFrame: WebFrameMain,
  origin: string,
): boolean {
  const frame = event.senderFrame;
  if (!frame || frame !== mainFrame || frame.parent !== null || !URL.canParse(frame.url)) return false;
  const { protocol, host } = new URL(frame.url);
  return `${protocol}//${host}` === origin;
}
