import type { Session, WebContents, WebPreferences } from 'electron';

/**
 * A page cannot open a dialog of the system, which would stand over the console without saying whose it is. `alert` and its
 * like are refused by Electron, and again, with `print`, by the policy below; pickers are not there at all.
 */
export const withoutDialogs = {
  disableDialogs: true,
  safeDialogs: true,
  disableBlinkFeatures: 'FileSystemAccess,FileSystemAccessLocal,EyeDropperAPI,WebShare,FontAccess',
} as const satisfies WebPreferences;

/** All that signing in needs, and no `allow-modals`: `print` is refused too (CSP3 §6.3.2, HTML §7.1.5). */
const ofEveryPage = [
  'allow-forms',
  'allow-same-origin',
  'allow-scripts',
  'allow-storage-access-by-user-activation',
  'allow-top-navigation',
  'allow-top-navigation-by-user-activation',
].join(' ');

/** A frame opens no pop-up: that opens in the pane, and a sandboxed frame may not navigate it. */
const policies: Readonly<Record<string, string>> = {
  mainFrame: `sandbox ${ofEveryPage} allow-popups`,
  subFrame: `sandbox ${ofEveryPage}`,
};

/** Frames without an answer of their own have the policy of the page around them. */
export function sandboxPages(session: Session): void {
  const pages = { urls: ['<all_urls>'], types: ['mainFrame' as const, 'subFrame' as const] };
  session.webRequest.onHeadersReceived(pages, ({ resourceType, responseHeaders }, callback) => {
    callback({
      responseHeaders: withPolicy(responseHeaders ?? {}, policies[resourceType] ?? policies['subFrame'] ?? ''),
    });
  });
  // What a service worker answers passes no policy, and it would outlive its page.
  session.webRequest.onBeforeSendHeaders(
    { urls: ['<all_urls>'], types: ['script'] },
    ({ requestHeaders }, callback) => {
      const isServiceWorker = Object.keys(requestHeaders).some((name) => name.toLowerCase() === 'service-worker');
      callback({ cancel: isServiceWorker });
    },
  );
}

/** Beside the policies that the server sends: each of them holds. */
export function withPolicy(headers: Record<string, string[]>, policy: string): Record<string, string[]> {
  const name = Object.keys(headers).find((candidate) => candidate.toLowerCase() === 'content-security-policy');
  const key = name ?? 'Content-Security-Policy';
  return { ...headers, [key]: [...(headers[key] ?? []), policy] };
}

/**
 * No file is chosen for a page. Electron has no event for that; the protocol of the developer tools has one, and it stands in
 * the place of the dialog. Frames of other sites have processes of their own: each is heard of before its page is there, and refused too.
 * Nothing outside of this process can reach it. Every frame that comes or goes is a message, which a page can cause.
 */
export function refuseFileChoosers(contents: WebContents, onMessage: () => void): void {
  const { debugger: tools } = contents;
  const send = (method: string, parameters: object, session?: string) => {
    // One that is gone meanwhile asks for nothing.
    tools.sendCommand(method, parameters, session).catch(() => {});
  };
  const refuse = (session?: string) => {
    send('Page.enable', {}, session);
    send('Page.setInterceptFileChooserDialog', { enabled: true }, session);
    const frames = { filter: [{ type: 'iframe' }, { exclude: true }] };
    send(
      'Target.setAutoAttach',
      { autoAttach: true, waitForDebuggerOnStart: false, flatten: true, ...frames },
      session,
    );
  };
  tools.on('message', (_event, method, { sessionId }: { sessionId?: string }) => {
    onMessage();
    if (method === 'Target.attachedToTarget' && sessionId !== undefined) refuse(sessionId);
  });
  tools.attach();
  refuse();
}

/** Its frames without an address of their own may be sandboxed, and have the right to pop-ups from the page around them. */
export function framesMayOpen(contents: WebContents): boolean {
  return contents.mainFrame.framesInSubtree.every(({ url }) => /^(https?:|about:blank$|$)/.test(url));
}
