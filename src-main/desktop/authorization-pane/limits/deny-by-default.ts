import { app, type Session } from 'electron';
import { noServer } from '../sign-in/integrated-sign-in.ts';

/** Denies everything to every session and page. The code that needs an exception allows it. */
export function denyByDefault(): void {
  // Chromium would resolve the hosts that a page names on its own, bypassing the pane's proxy, which decides about hosts.
  app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false');
  // On Windows, Chromium would otherwise reveal to the servers of the company's network who is signed in.
  app.commandLine.appendSwitch('auth-server-allowlist', noServer);
  app.on('session-created', denySession);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  // By default Electron would send the person's first client certificate to any page that requests one.
  app.on('select-client-certificate', (event, _contents, _url, _certificates, callback) => {
    // A listener of the page itself comes first, and asks the person.
    if (event.defaultPrevented) return;
    event.preventDefault();
    callback();
  });
  // HTTP authentication needs no listener: Electron gives no password unless one prevents that.
  // No exceptions: a certificate that the system does not trust is not trusted here.
  app.on('certificate-error', (_event, _contents, _url, _error, _certificate, callback) => callback(false));
}

/** The sessions that answer their downloads themselves. */
const answersDownloads = new WeakSet<Session>();

/** Leaves the downloads of this session to the listener that the caller adds. */
export function leaveDownloads(session: Session): void {
  answersDownloads.add(session);
}

function denySession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.on('will-download', (event) => answersDownloads.has(session) || event.preventDefault());
  // Electron starts to fetch a dictionary from Google for each new session. Without a language, there is none to fetch.
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
}
