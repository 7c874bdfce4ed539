import { expect, test } from '@playwright/test';
import { ConsoleApp } from './console-app.ts';

test('first run: asks for the Authorization server', async () => {
  const app = await ConsoleApp.launch();
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await app.close();
});
