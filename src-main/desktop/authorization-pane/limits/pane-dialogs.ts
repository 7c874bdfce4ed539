import type { Session, WebContents, WebPreferences } from 'electron';

/**
 * Keeps pages from opening a system dialog, which would cover the console without naming the page. Electron refuses `alert`,
 * `confirm` and `prompt`. The policy below refuses these and `print`. Pickers are switched off.
 */
export const withoutDialogs = {
  disableDialogs: true,
  safeDialogs: true,
  disableBlinkFeatures: 'FileSystemAccess,FileSystemAccessLocal,EyeDropperAPI,WebShare,FontAccess',
} as const satisfies WebPreferences;

/** Everything that signing in needs. Without `allow-modals`, `print` is refused too (CSP3 §6.3.2, HTML §7.1.5). */
const ofEveryPage = [
  'allow-forms',
  'allow-same-origin',
  'allow-scripts',
  'allow-storage-access-by-user-activation',
  'allow-top-navigation',
  'allow-top-navigation-by-user-activation',
].join(' ');

/**
 * A frame may not open a pop-up. It would open in the pane, which a sandboxed frame may not navigate. Nor may it offer a file,
 * because the person would not see whose it is.
 */
const policies: Readonly<Record<string, string>> = {
  mainFrame: `sandbox ${ofEveryPage} allow-popups allow-downloads`,
  subFrame: `sandbox ${ofEveryPage}`,
};

/** Sets the policy of every page and frame. A frame without its own HTTP response inherits the policy of its parent. */
export function sandboxPages(session: Session): void {
  const pages = { urls: ['<all_urls>'], types: ['mainFrame' as const, 'subFrame' as const] };
  session.webRequest.onHeadersReceived(pages, ({ resourceType, responseHeaders }, callback) => {
    callback({
      responseHeaders: withPolicy(responseHeaders ?? {}, policies[resourceType] ?? policies['subFrame'] ?? ''),
    });
  });
  // Service workers are blocked: their responses would get no policy, and a worker would outlive its page.
  session.webRequest.onBeforeSendHeaders(
    { urls: ['<all_urls>'], types: ['script'] },
    ({ requestHeaders }, callback) => {
      const isServiceWorker = Object.keys(requestHeaders).some((name) => name.toLowerCase() === 'service-worker');
      callback({ cancel: isServiceWorker });
    },
  );
}

/** Adds the policy to those that the server sends. All of them apply. */
export function withPolicy(headers: Record<string, string[]>, policy: string): Record<string, string[]> {
  const name = Object.keys(headers).find((candidate) => candidate.toLowerCase() === 'content-security-policy');
  const key = name ?? 'Content-Security-Policy';
  return { ...headers, [key]: [...(headers[key] ?? []), policy] };
}

/**
 * Refuses every file chooser of a page. Electron has no event for it, but the Chrome DevTools Protocol can intercept the dialog.
 * Frames of other sites run in their own processes, so each one is attached before its page loads and handled in the same way.
 * No other process can use this connection. Every frame that comes or goes sends a message, so a page can cause many messages.
 */
export function refuseFileChoosers(contents: WebContents, onMessage: () => void): void {
  const { debugger: tools } = contents;
  const send = (method: string, parameters: object, session?: string) => {
    // A frame that has closed in the meantime asks for no file.
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

/** False if the page has a frame without a web address. Such a frame may be sandboxed, but inherits the right to open pop-ups. */
export function framesMayOpen(contents: WebContents): boolean {
  return contents.mainFrame.framesInSubtree.every(({ url }) => /^(https?:|about:blank$|$)/.test(url));
}
