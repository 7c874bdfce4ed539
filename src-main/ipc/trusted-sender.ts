import type { IpcMainInvokeEvent, WebFrameMain } from 'electron';

/** Did the call come from the main frame of the console's own page? Any other frame or origin gets no answer. */
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
