import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';
import { Person } from './person.ts';

let server: AuthorizationServer;
let app: ConsoleApp;

test.beforeEach(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
  app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
});

test.afterEach(async () => {
  await app.close();
  await server.close();
});

const step = (name: string) => app.page.locator(`[data-step="${name}"]`);
const byKeyboard = () => app.page.getByText('Press F6 until you are in the page on the right.');
const onTheRight = () => app.page.locator('.step-place');
const filledIn = () => app.button('Open with the code filled in');
const closeable = () => app.page.getByText('You can close this window');

/** Checks which step is marked as current, and which ones are ticked. */
async function expectSteps(current: string, ...ticked: string[]): Promise<void> {
  await expect(step(current)).toHaveAttribute('aria-current', 'step');
  await expect(app.page.locator('[aria-current="step"]')).toHaveCount(1);
  const done = () =>
    app.page
      .locator('[data-standing="done"]')
      .evaluateAll((steps) => steps.map((each) => each.getAttribute('data-step')));
  await expect.poll(done).toEqual(ticked);
}

/** The parts of the page that are drawn in one of the green colours. */
async function greenParts(): Promise<string[]> {
  return app.page.locator('.page').evaluate((page) => {
    const sample = document.createElement('i');
    page.append(sample);
    const greens = ['--good', '--good-soft', '--good-fill'].map((name) => {
      sample.style.color = `var(${name})`;
      return getComputedStyle(sample).color;
    });
    sample.remove();
    return [...page.querySelectorAll('*')]
      .filter((element) => {
        const { color, backgroundColor, borderTopColor, borderTopWidth } = getComputedStyle(element);
        const border = borderTopWidth === '0px' ? '' : borderTopColor;
        return [color, backgroundColor, border].some((one) => greens.includes(one));
      })
      .map((element) => element.getAttribute('class') ?? element.tagName);
  });
}

test('@acquire @clerk the steps follow the pane, tick only what happened, and lose no chosen device', async () => {
  const person = new Person(app, await app.pane());
  const { pane } = person;
  await expect(step('signIn')).toContainText('Sign in on the right first.');
  await expectSteps('signIn');
  await app.button('Close this pane').click();
  await expect(onTheRight()).toHaveCount(0);
  await expect(byKeyboard()).toHaveCount(0);
  await expect(app.button('Next')).toHaveAccessibleDescription('');
  await expect(step('signIn').getByRole('button', { name: 'Open Authorization server' })).toBeVisible();

  const code = await person.next();
  await expect(step('signIn')).toContainText('Sign in on the right first.');
  await expect(filledIn()).toBeVisible();
  await expectSteps('signIn', 'next', 'userCode');
  await person.signIn();
  await expect(step('signIn')).toContainText('Choose the organization on the right, then Authorize Device.');
  await person.chooseOrganization('Fusion Coffee');
  await expectSteps('chooseDevice', 'next', 'userCode');
  await expect(filledIn(), 'before the device is chosen').toBeVisible();

  const device = pane.getByLabel('Device', { exact: true });
  const chooseByKeys = async (): Promise<void> => {
    const keyboard = new Keyboard(app);
    await app.call('pane.focus');
    await keyboard.isIn('embedded page');
    await device.focus();
    await keyboard.type('Store 014');
    await expect(device.locator('option:checked')).toHaveText('Store 014');
  };
  await chooseByKeys();
  await expectSteps('authorize', 'next', 'userCode');
  await expect(filledIn(), 'it would lose the device').toHaveCount(0);
  await app.button('Close this pane').click();
  await expect(onTheRight()).toHaveCount(0);
  await expect(app.page.locator('.steps')).not.toContainText('on the right');
  await expectSteps('signIn', 'next', 'userCode');
  await expect(filledIn()).toHaveCount(0);
  await app.button('Open Authorization server').click();
  await expect(device.locator('option:checked'), 'still chosen').toHaveText('Store 014');

  await person.enterCode(code);
  await expect(pane.getByRole('button', { name: 'Confirm', exact: true })).toBeVisible();
  await expectSteps('authorize', 'next', 'userCode');
  await person.deny();
  await expect(app.failure('access_denied')).toBeVisible();
  await expect(step('signIn')).not.toHaveAttribute('data-standing', 'done');
  await app.button('Start again').click();
  await expect(app.userCode).not.toHaveText(code);
  const again = await person.readUserCode();
  await expect(pane.getByLabel('UserCode', { exact: true })).toHaveValue(again);
  await expectSteps('chooseDevice', 'next', 'userCode');
  await chooseByKeys();
  await person.authorize(again);
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await expect(closeable()).toBeVisible();

  await app.button('Remove License…').click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Remove License', exact: true }).click();
  await expect(pane.getByRole('heading', { name: 'Authorize Device' })).toBeVisible();
  await expect(pane.getByText('Device authorized')).toHaveCount(0);
  await expectSteps('chooseDevice');
});

test('@acquire @clerk without a mouse, the step shows how to reach the page on the right, and the keys lead there and back', async () => {
  const keyboard = new Keyboard(app);
  const sentence = /^Press F6 until you are in the page on the right/;
  await expect(step('signIn')).toContainText('Sign in on the right first.');
  const next = app.button('Next');
  await expect(next, 'for a screen reader').toHaveAccessibleDescription(sentence);
  await expect(onTheRight().first()).toHaveText('On the right');
  await app.page.getByRole('heading', { name: 'Manage License' }).click();
  await keyboard.press('Tab');
  await expect(step('signIn').locator('.step-place')).toHaveText('On the right (F6)');
  await expect(step('chooseDevice').locator('.step-place')).toHaveText('On the right');
  for (let count = 0; count < 6 && (await keyboard.place()) === 'console'; count += 1) await keyboard.press('F6');
  await keyboard.isIn('embedded page');
  await keyboard.press('F6');
  await keyboard.isIn('console');
  await next.click();
  await expect(app.page.getByRole('region', { name: 'User Code' })).toHaveAccessibleDescription(sentence);
  await expect(step('signIn').locator('.step-place')).toHaveText('On the right (F6)');
});

test('@acquire @clerk another server, a failure and a removal each end the message about the new license', async () => {
  const license = async (): Promise<void> => {
    await app.authorizeAt(server.control, 'Store 014');
    await expect(closeable()).toBeVisible();
  };
  await license();
  const [first] = (await app.state()).servers;
  await app.addServer({ issuer: server.issuer, edition: 'store', serverName: 'Store 901' });
  await expect(app.button('Next')).toBeVisible();
  await expect(closeable()).toHaveCount(0);
  expect(await app.call('profile.choose', { id: first?.id })).toMatchObject({ ok: true });
  await expect(app.field('licenseStatus')).toHaveText('Licensed');
  await expect(closeable(), 'it does not come back').toHaveCount(0);

  await app.button('Remove License…').click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Remove License', exact: true }).click();
  await expect(app.page.locator('.toast')).toContainText('The license of Store 014 was removed.');
  expect(await greenParts(), 'removed').toEqual([]);
  await license();
  await expect(app.page.locator('.toast')).toHaveCount(0);
  await server.stop();
  expect(await app.call('license.check')).toMatchObject({ ok: false });
  await expect(app.page.getByText('No connection to the Authorization server')).toBeVisible();
  await expect(closeable()).toHaveCount(0);
  await server.start();
});

test('@acquire @clerk a license that has already expired: the page does not say that all is done, and nothing is green', async () => {
  await app.authorizeAt(server.control, 'Store 901 (expired)');
  await app.page.getByRole('button', { name: 'Keep it and rename' }).click();
  await expect(app.field('licenseStatus')).toHaveText('Expired – Requires Renewal');
  await expect(closeable()).toHaveCount(0);
  expect(await greenParts()).toEqual([]);
  await app.button('Remove and re-acquire').click();
  await expect(app.userCode).toBeVisible();
  await expect(app.page.locator('.copied')).toHaveText('Copied to the clipboard');
  expect(await greenParts(), 'beside the steps').toEqual([]);
  await app.button('Cancel').click();
  await expect(app.button('Remove and re-acquire')).toBeVisible();
  await expect(closeable()).toHaveCount(0);
});
