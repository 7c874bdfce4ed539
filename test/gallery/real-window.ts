import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { startAuthorizationServer } from '../authorization-server/authorization-server.ts';
import { ConsoleApp } from '../console/console-app.ts';
import { Keyboard } from '../console/keyboard.ts';
import { Person } from '../console/person.ts';

const bounds = { x: 0, y: 30, width: 1280, height: 760 };

/** The README's pictures, of the real window: `npm run e2e -- --config test/gallery/playwright.config.ts`. */
test('pictures of both states', async () => {
  const server = await startAuthorizationServer();
  const app = await ConsoleApp.launch({ issuer: server.issuer, serverName: 'Store 014' });
  await app.electron.evaluate(({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place), bounds);
  const person = new Person(app, await app.pane());
  await person.signIn();
  await person.chooseOrganization('Fusion Coffee');
  await person.chooseDevice('Store 014');
  // The steps follow what a person does on the page, so a test must act like one and not only set values.
  const keyboard = new Keyboard(app);
  await app.call('pane.focus');
  await keyboard.isIn('embedded page');
  await keyboard.type('Store 014');
  const code = await person.next();
  await expect(app.page.locator('.copied')).toHaveText('Copied to the clipboard');
  await expect(app.page.locator('[data-step="authorize"]')).toHaveAttribute('aria-current', 'step');
  await expect(app.page.getByTestId('poll-line')).toContainText('next check', { ignoreCase: true });
  takePicture('not-licensed');
  await person.authorize(code);
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await expect(app.page.getByText('On the right')).toHaveCount(0);
  takePicture('licensed');
  await app.close();
  await server.close();
});

function takePicture(name: string): void {
  const { x, y, width, height } = bounds;
  const crop = `${width}x${height}+${x}+${y}`;
  const file = join(import.meta.dirname, 'pictures', `${name}.png`);
  execFileSync('import', ['-window', 'root', '-crop', crop, '+repage', file]);
}
