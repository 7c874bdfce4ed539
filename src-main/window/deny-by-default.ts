import { app, type Session } from 'electron';

/** Every session and every page starts with nothing allowed; what is needed is opened where it is needed. */
export function denyByDefault(): void {
  // Chromium would look up the hosts that a page names itself, without the pane's proxy, which decides about hosts.
  app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false');
  app.on('session-created', denySession);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
  // Without this the first certificate of the person would go to whatever page asks for one.
  app.on('select-client-certificate', (event, _contents, _url, _certificates, callback) => {
    event.preventDefault();
    callback();
  });
  // No dialog asks for a user name and password in the console's name; the page that came with the refusal is shown.
  app.on('login', (event, _contents, _details, { isProxy }, callback) => {
    if (isProxy) return;
    event.preventDefault();
    callback();
  });
  // No override: a certificate that the system does not trust is not trusted here.
  app.on('certificate-error', (_event, _contents, _url, _error, _certificate, callback) => callback(false));
}

export function denySession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}
