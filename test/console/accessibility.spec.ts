import { expect, test } from './console-test.ts';
import { type AuthorizationServer, startAuthorizationServer } from './watched-sandbox.ts';
import { type TestFont, testFonts } from '../set-up/test-fonts.mjs';
import { ConsoleApp } from './console-app.ts';
import { Keyboard } from './keyboard.ts';
import { expectNoViolations, expectReachableWhenZoomed } from './usability.ts';

test.describe.configure({ mode: 'serial' });

let server: AuthorizationServer;
let app: ConsoleApp;
let keyboard: Keyboard;
const checked: string[] = [];

test.beforeAll(async () => {
  server = await startAuthorizationServer();
  server.control.configure({ interval: { announce: 1, enforceSeconds: 1 } });
});

test.afterAll(async () => {
  await app.close();
  await server.close();
  console.log(`axe: ${checked.length} states, 0 violations (${checked.join(', ')})`);
});

test('first run: axe, 200 % zoom, focus on the field that prevents saving', async () => {
  app = await ConsoleApp.launch();
  await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await expectFontOfRun();
  await expectAccessible('first run');
  await expectUsableWhenZoomed('first run');
  await app.button('Check and continue').click();
  await expect(app.page.getByLabel(/Authorization server.s address/)).toBeFocused();
  await expectAccessible('first run, incomplete');
  await app.close();
});

test.describe('one license', () => {
  test.beforeAll(async () => {
    app = await ConsoleApp.launch({ issuer: server.issuer, edition: 'store', serverName: 'Store 014' });
    keyboard = new Keyboard(app);
    await (await app.pane()).getByLabel('User name').waitFor();
  });

  test('not licensed: axe, a name and a role for every control, the current step, 200 % zoom', async () => {
    await expectAccessible('not licensed');
    expect(await namedControls()).toEqual([
      'button "License"',
      'button "History"',
      'button "Registers & servers"',
      'button "All servers"',
      'button "Settings"',
      'button "Help"',
      'button "Next"',
      'button "Use a laptop"',
      'separator "Width of the two panes"',
      'button "Back"',
      'button "Reload"',
      'button "Start page of the Authorization server"',
      'button "Smaller"',
      'button "Zoom 100 %, back to 100 %"',
      'button "Larger"',
      'button "Open in browser"',
      'button "Sign out of the Authorization server"',
      'button "Close this pane"',
    ]);
    await expectCurrentStep('signIn');
    const splitter = app.page.getByRole('separator');
    expect(Number(await splitter.getAttribute('aria-valuenow'))).toBeCloseTo(45, 0);
    for (const landmark of ['main', 'navigation', 'banner'] as const)
      await expect(app.page.getByRole(landmark)).toHaveCount(1);
    await expect(app.page.getByRole('document', { name: 'Page of the Authorization server' })).toHaveCount(1);
    await expectUsableWhenZoomed('not licensed');
  });

  test('the embedded page never takes the keyboard focus on its own', async () => {
    await app.call('pane.focus');
    await keyboard.isIn('embedded page');
    await keyboard.press('F6');
    await keyboard.isIn('console');
    const pane = await app.pane();
    await app.button('Settings').focus();
    await pane.evaluate(() => location.reload());
    await paneLoaded();
    await expect(pane.getByLabel('User name')).toBeVisible();
    await keyboard.isIn('console');
    for (const name of ['Reload', 'Start page of the Authorization server']) {
      await app.button(name).focus();
      await keyboard.press('Enter');
      await paneLoaded();
      await expect(pane.getByLabel('User name')).toBeVisible();
      await keyboard.isIn('console');
      expect(await keyboard.focused()).toBe(name);
    }
  });

  test('F6 and Shift+F6 move around the window, and out of a page that swallows keys or is frozen', async () => {
    // The console learns a little later that the reopened start page has a page before it.
    await expect(app.button('Back')).toBeEnabled();
    await app.button('License').focus();
    for (const round of [1, 2]) {
      await keyboard.press('F6');
      expect(await keyboard.focused(), `round ${round}`).toBe('Manage License');
      await expectFocusSeen();
      await keyboard.press('F6');
      expect(await keyboard.focused()).toBe('Back');
      await expectFocusSeen();
      await keyboard.press('F6');
      await keyboard.isIn('embedded page');
      await keyboard.press('F6');
      await keyboard.isIn('console');
      await expect.poll(() => keyboard.focused()).toBe('License');
      await expectFocusSeen();
    }
    for (const expected of ['embedded page', 'Back', 'Manage License', 'License']) {
      await keyboard.press('Shift+F6');
      if (expected === 'embedded page') await keyboard.isIn('embedded page');
      else
        await expect
          .poll(async () => [await keyboard.place(), await keyboard.focused()])
          .toEqual(['console', expected]);
    }
    const pane = await app.pane();
    await pane.evaluate(() => {
      for (const kind of ['keydown', 'keypress', 'keyup'])
        window.addEventListener(kind, (event) => (event.preventDefault(), event.stopImmediatePropagation()), true);
    });
    await keyboard.press('Shift+F6');
    await keyboard.isIn('embedded page');
    await keyboard.press('Tab');
    await keyboard.isIn('embedded page');
    await keyboard.press('Shift+F6');
    await expect.poll(async () => [await keyboard.place(), await keyboard.focused()]).toEqual(['console', 'Back']);
    await keyboard.press('F6');
    await keyboard.isIn('embedded page');
    const frozen = pane.evaluate(() => {
      const until = performance.now() + 4000;
      while (performance.now() < until);
      return performance.timeOrigin + performance.now();
    });
    await keyboard.press('F6', { busy: true });
    await expect.poll(async () => [await keyboard.place(), await keyboard.focused()]).toEqual(['console', 'License']);
    const outAt = Date.now();
    expect(await frozen, 'the page was still frozen when F6 had led out of it').toBeGreaterThan(outAt);
  });

  test('a code that is denied: the focus goes to the message; axe; and back to Next', async () => {
    await app.button('Next').focus();
    await keyboard.press('Enter');
    await expect(app.page.locator('.user-code-card')).toBeFocused();
    // The person continues in the page.
    await keyboard.isIn('embedded page');
    await keyboard.press('F6');
    await keyboard.isIn('console');
    await expect.poll(() => keyboard.focused()).toBe('License');
    await expectFocusSeen();
    // Nobody has signed in, so there is no field for the code yet.
    await expectCurrentStep('signIn');
    await expectAccessible('code shown');
    await expectUsableWhenZoomed('code shown');
    await app.button('Use a phone').click();
    await app.page.getByRole('img').waitFor();
    await expectAccessible('code for a phone');
    await server.control.denyCode({ userCode: (await app.userCode.textContent()) ?? '' });
    await expect(app.failure('access_denied')).toBeFocused();
    await expectAccessible('denied');
    await expectUsableWhenZoomed('denied');
    await keyboard.tabTo('Start again');
    await keyboard.press('Enter');
    await expect(app.page.locator('.user-code-card')).toBeFocused();
    // Start again also opens the page for the code.
    await paneLoaded();
    await keyboard.isIn('console');
    await keyboard.tabTo('Cancel');
    await expectFocusSeen();
    await keyboard.press('Enter');
    await expect(app.button('Next')).toBeFocused();
  });

  test('the whole acquisition with the keyboard only; ten polls say nothing to a screen reader', async () => {
    test.setTimeout(90_000);
    // Moves the focus away from Next, as it is after a start.
    await app.button('License').focus();
    await keyboard.press('Shift+F6');
    await keyboard.isIn('embedded page');
    await keyboard.tabTo(/^User name/);
    await keyboard.type('installer');
    await keyboard.press('Tab');
    await keyboard.type('fusion-demo');
    await keyboard.press('Enter');
    const pane = await app.pane();
    await expect(pane.getByRole('heading', { name: 'Organizations', level: 1 })).toBeVisible();
    await keyboard.tabTo('Fusion Coffee');
    await keyboard.press('Enter');
    await expect(pane.getByRole('heading', { name: 'Fusion Coffee', level: 1 })).toBeVisible();
    await keyboard.tabTo('Authorize Device');
    await keyboard.press('Enter');
    await expect(pane.getByRole('heading', { name: 'Authorize Device' })).toBeVisible();
    await keyboard.tabTo(/^Device/);
    await keyboard.type('Store 014');
    await expect(pane.getByLabel('Device', { exact: true }).locator('option:checked')).toHaveText('Store 014');
    await keyboard.press('F6');
    await keyboard.isIn('console');
    await keyboard.press('F6');
    await keyboard.tabTo('Next');
    await expectFocusSeen();
    const spoken = await listenToLiveRegions();
    server.control.clearRequests();
    await keyboard.press('Space');
    await expect(app.page.locator('.user-code-card')).toBeFocused();
    const polls = () => server.control.requests({ endpoint: 'token' }).requests.length;
    await expect.poll(polls, { timeout: 20_000 }).toBeGreaterThanOrEqual(10);
    const heard = await spoken();
    console.log(`Live region: ${heard.length} sentence(s) from Next through ${polls()} polls: ${heard.join(' | ')}`);
    expect(heard).toEqual([expect.stringMatching(/waiting/i)]);
    // The console has filled in the code, moved the keyboard to it, and put the code on the clipboard.
    await keyboard.isIn('embedded page');
    expect(await keyboard.focused()).toMatch(/^UserCode/);
    const code = (await app.userCode.textContent()) ?? '';
    await expect(pane.getByLabel('UserCode', { exact: true })).toHaveValue(code);
    expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(code);
    await keyboard.press('Enter');
    await expect(pane.getByRole('button', { name: 'Confirm', exact: true })).toBeVisible();
    await keyboard.tabTo('Confirm');
    await keyboard.press('Enter');
    await expect(app.field('licenseStatus')).toHaveText('Licensed');
    await keyboard.isIn('console');
    await expect(app.page.locator('.status-card')).toBeFocused();
    await expectFocusSeen();
  });

  test('licensed: axe, the dialog, its focus, 200 % zoom', async () => {
    await expectAccessible('licensed');
    await expectUsableWhenZoomed('licensed');
    await keyboard.tabTo('Remove License…');
    await keyboard.press('Enter');
    const dialog = app.page.getByRole('dialog', { name: /license/i });
    await expect(dialog).toBeVisible();
    await expect(app.button('Keep License')).toBeFocused();
    await expect(dialog).toHaveAccessibleDescription(/can no longer verify this server.*you must license it again/);
    await expectAccessible('remove dialog');
    await expectUsableWhenZoomed('remove dialog');
    await keyboard.tabTo('Keep License');
    await expectFocusSeen();
    await keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(app.button('Remove License…')).toBeFocused();
    await keyboard.press('Enter');
    await expect(dialog).toBeVisible();
    await keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(app.button('Remove License…')).toBeFocused();
    await keyboard.tabTo('Open Authorization server');
    await keyboard.press('Enter');
    await keyboard.isIn('embedded page');
    await keyboard.press('Shift+F6');
    await keyboard.isIn('console');
    await keyboard.tabTo('Close this pane');
    await keyboard.press('Enter');
    await expect.poll(() => keyboard.focused()).toBe('Manage License');
    await expectFocusSeen();
  });

  test('History, Registers & servers, All servers, Settings and Help: axe, 200 % zoom, the title has the focus', async () => {
    for (const [page, title] of [
      ['History', 'History'],
      ['Registers & servers', 'Registers & servers'],
      ['All servers', 'All servers'],
      ['Settings', 'Settings'],
      ['Help', 'Help'],
    ] as const) {
      await app.button(page).focus();
      await keyboard.press('Enter');
      await expect(app.page.getByRole('heading', { name: title, level: 1 })).toBeFocused();
      await expectAccessible(page.toLowerCase());
      await expectUsableWhenZoomed(page.toLowerCase());
    }
  });

  test('Settings of a licensed server: what the license depends on can be read, but not changed', async () => {
    await app.button('Settings').click();
    await app.page.getByText('Advanced', { exact: true }).click();
    for (const bound of ["Authorization server's address", 'Client ID']) {
      await expect(app.page.getByLabel(bound)).not.toBeEditable();
      await expect(app.page.getByLabel(bound)).toHaveAccessibleDescription(/remove the license first/);
    }
    await expect(app.page.getByLabel('Server name')).toBeEditable();
    await expectAccessible('settings, advanced');
  });

  test('removed: the focus goes to the title, and a toast says it', async () => {
    await app.button('License').click();
    await app.button('Remove License…').focus();
    await keyboard.press('Enter');
    await keyboard.tabTo('Remove License');
    await keyboard.press('Enter');
    await expect(app.button('Next')).toBeVisible();
    await expect.poll(() => keyboard.focused()).toBe('Manage License');
    await expectFocusSeen();
    await expect(app.page.locator('.toast')).toContainText('The license of Store 014 was removed.');
    await expectAccessible('removed');
  });

  test('a pane that could not be shown: F6 leads to the message, Reload to the page once it is back', async () => {
    const pane = await app.pane();
    await app.call('pane.focus');
    await keyboard.isIn('embedded page');
    await server.stop();
    await pane.evaluate(() => location.reload()).catch(() => {});
    await expect(app.failure('network_unreachable')).toBeVisible();
    const words = app.page.locator('.pane-failure').getByRole('button', { name: 'Reload' });
    await keyboard.isIn('console');
    await expect(words).toBeFocused();
    await expectFocusSeen();
    await expectAccessible('pane failure');
    await expectUsableWhenZoomed('pane failure');
    await expect(words).toBeFocused();
    await keyboard.press('F6');
    expect(await keyboard.focused()).toBe('License');
    await keyboard.press('Shift+F6');
    await expect(words).toBeFocused();
    await keyboard.press('Enter');
    await expect
      .poll(async () => [
        await keyboard.place(),
        await words.evaluate((button) => button === document.activeElement).catch(() => false),
      ])
      .toEqual(['console', true]);
    await server.start();
    await keyboard.press('Enter');
    await expect(app.failure('network_unreachable')).toBeHidden();
    await keyboard.isIn('embedded page');
  });

  test('forced colours and reduced motion: every control keeps an edge, nothing moves', async () => {
    await app.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await app.page.waitForFunction(() => matchMedia('(forced-colors: active) and (prefers-reduced-motion)').matches);
    // A colour change may use a transition only if it is too short to see.
    const moving = await app.page.evaluate(
      () => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration) >= 1).length,
    );
    expect(moving).toBe(0);
    const edgeless = () =>
      app.page.locator('button.button, .icon-button, .zoom-percent').evaluateAll((buttons) =>
        buttons
          .filter((button) => {
            const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(button);
            return (
              borderTopStyle === 'none' || parseFloat(borderTopWidth) === 0 || /rgba\(.*, 0\)$/.test(borderTopColor)
            );
          })
          .map(
            (button) =>
              `${button.getAttribute('aria-label') ?? button.textContent}: ${getComputedStyle(button).borderTop}`,
          ),
      );
    // The styles follow the emulated media one frame later.
    await expect.poll(edgeless).toEqual([]);
    await app.page.emulateMedia({ forcedColors: null, reducedMotion: null });
  });
});

async function paneLoaded(): Promise<void> {
  await expect.poll(async () => (await app.state()).pane.loading).toBe(false);
}

/** Checks that all text is drawn with the font of this run, so that no other font of the machine affects a result. */
async function expectFontOfRun(): Promise<void> {
  const font = testFonts[test.info().project.name as TestFont];
  if (!font) return;
  const session = await app.page.context().newCDPSession(app.page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const drawn = async () => {
    const { root } = await session.send('DOM.getDocument', { depth: -1 });
    const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: 'body *' });
    const families = new Set<string>();
    for (const nodeId of nodeIds)
      for (const { familyName } of (await session.send('CSS.getPlatformFontsForNode', { nodeId })).fonts)
        families.add(familyName);
    return [...families];
  };
  // Retries, because the page may change during the check.
  await expect(async () => expect(await drawn()).toEqual([font.family])).toPass({ timeout: 15_000 });
  await session.detach();
}

async function expectAccessible(state: string): Promise<void> {
  await expectNoViolations(app, state);
  checked.push(state);
}

const expectUsableWhenZoomed = (state: string): Promise<void> => expectReachableWhenZoomed(app, state);

/** Checks that an element has the focus, and that it is inside the window, not covered, and visibly marked. */
async function expectFocusSeen(): Promise<void> {
  const seen = () =>
    app.page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'nothing has the focus';
      const { top, left, right, bottom } = element.getBoundingClientRect();
      const inWindow = right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
      if (!inWindow) return `out of the window: ${element.outerHTML.slice(0, 100)}`;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle === 'none' || parseFloat(outlineWidth) < 2
        ? `not marked: ${element.outerHTML.slice(0, 100)}`
        : 'seen';
    });
  await expect.poll(seen).toBe('seen');
}

/** Checks that `aria-current` is set on the current step only. */
async function expectCurrentStep(step: string): Promise<void> {
  const current = app.page.locator('[aria-current="step"]');
  await expect(current).toHaveCount(1);
  await expect(current).toHaveAttribute('data-step', step);
}

/** Role and name of every control, in order. A control without a name has its own line too. */
async function namedControls(): Promise<string[]> {
  const snapshot = await app.page.locator('body').ariaSnapshot();
  return [
    ...snapshot.matchAll(
      /^\s*- (?:')?((?:button|link|textbox|combobox|radio|switch|checkbox|separator|slider)\b(?: "[^"]*")?)/gm,
    ),
  ].map(([, control = '']) => control);
}

/** Records every text of the page's live region from now on. Checks that there is only one region and that it is polite. */
async function listenToLiveRegions(): Promise<() => Promise<string[]>> {
  const heard = await app.page.evaluateHandle(() => {
    const regions = document.querySelectorAll(
      '[aria-live]:not([aria-live="off"]), [role="alert"], [role="status"], output',
    );
    const sentences: string[] = [];
    const politely = [...regions].map((region) => region.getAttribute('aria-live')).join();
    if (politely !== 'polite') sentences.push(`live regions: ${politely}`);
    for (const region of regions) {
      new MutationObserver(() => sentences.push(region.textContent ?? '')).observe(region, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    }
    return sentences;
  });
  return () => heard.evaluate((sentences) => sentences);
}
