import { expect, test } from '@playwright/test';
import { type AuthorizationServer, startAuthorizationServer } from '../authorization-server/authorization-server.ts';
import { ConsoleApp } from './console-app.ts';
import { runCommand } from './terminal.ts';

const device = 'Store 014';

let server: AuthorizationServer;
let app: ConsoleApp;

test.describe('@headless', () => {
  test.beforeEach(async () => {
    server = await startAuthorizationServer();
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  });

  test.afterEach(async () => {
    await app?.close();
    await server.close();
  });

  test('status: while the window is open, and while it is closed', async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await app.pane();
    expect(await runCommand(app.userData, ['status'])).toMatchObject({ exitCode: 3, err: '' });
    await app.authorizeAt(server.control, device);
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    const open = await runCommand(app.userData, ['status']);
    expect(open).toMatchObject({ exitCode: 0, err: '' });
    expect(open.out).toContain('Registers and servers trust this server.');
    expect(await app.windowCount()).toBe(1);
    const asked = await runCommand(app.userData, ['status', '--json']);
    await app.close();
    const closed = await runCommand(app.userData, ['status', '--json']);
    for (const { out, err, exitCode } of [asked, closed]) {
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
      expect(JSON.parse(out)).toMatchObject({
        servers: [{ server_name: device, status: 'licensed', token: { state: 'fine' } }],
      });
    }
    const closedText = await runCommand(app.userData, ['status']);
    expect(closedText).toMatchObject({ exitCode: 0, err: '' });
  });
});
