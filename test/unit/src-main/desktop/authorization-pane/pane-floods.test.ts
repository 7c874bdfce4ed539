import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { AuthorizationPane } from '../../../../../src-main/desktop/authorization-pane/authorization-pane.ts';
import { pageUpdateEveryMs } from '../../../../../src-main/desktop/authorization-pane/limits/page-gate.ts';
import { paneAtHand, views } from '../../../../fakes/pane-at-hand.ts';

vi.mock('electron', async () => (await import('../../../../fakes/pane-at-hand.ts')).fakeElectron);

/** The arguments of an event of a page, different each time. */
function argumentsOf(event: string, count: number): readonly unknown[] {
  const url = `https://10.0.${Math.floor(count / 256) % 256}.${count % 256}/`;
  const details = { url, isMainFrame: true, isSameDocument: false, preventDefault: () => {} };
  switch (event) {
    case 'did-navigate':
      return [details, `https://s${count}.example.com/`, 500];
    case 'did-fail-load':
      return [details, -102, 'ERR_CONNECTION_REFUSED', `https://s${count}.example.com/`, true];
    case 'did-start-navigation':
      return [{ ...details, url: `https://s${count}.example.com/` }];
    case 'render-process-gone':
      return [details, { reason: 'crashed' }];
    case 'before-input-event':
      return [details, { type: 'keyUp', key: 'x' }];
    case 'input-event':
      return [details, { type: 'mouseMove' }];
    case 'login':
      return [details, { url: `https://s${count}.example.com/` }, { isProxy: false }, () => {}];
    case 'select-client-certificate':
      return [details, `s${count}.example.com:443`, [{ subjectName: 'x', validExpiry: 0 }], () => {}];
    case 'zoom-changed':
      return [details, 'in'];
    default:
      return [details, details];
  }
}

const events = (await paneAtHand()).contents.eventNames().map(String);

describe('a page that floods the console', () => {
  it('has events that the tests below can send', () => {
    expect(events).toEqual(
      expect.arrayContaining(['will-navigate', 'did-navigate', 'did-fail-load', 'did-stop-loading']),
    );
  });

  it.each(events)('updates the screen at most twice with 10,000 × %s', async (event) => {
    const scene = await paneAtHand();
    for (let count = 0; count < 10_000; count += 1) {
      scene.contents.url = `https://s${count}.example.com/`;
      scene.contents.loading = count % 2 === 0;
      scene.contents.emit(event, ...argumentsOf(event, count));
    }
    expect(scene.counted.told).toBeLessThanOrEqual(1);
    await scene.timer.advance(pageUpdateEveryMs);
    expect(scene.counted.told).toBeLessThanOrEqual(2);
    expect(scene.counted.left).toBe(0);
    expect(scene.counted.menus).toBe(0);
    expect(scene.counted.asked).toBeLessThanOrEqual(3);
    const { told } = scene.counted;
    await scene.timer.advance(10_000);
    expect(scene.counted.told - told).toBeLessThanOrEqual(1);
  });

  it('updates the screen at most 5 times per second with all its events mixed', async () => {
    const scene = await paneAtHand();
    for (let tick = 0; tick < 100; tick += 1) {
      for (let count = 0; count < 100; count += 1) {
        scene.contents.url = `https://s${tick * 100 + count}.example.com/`;
        for (const event of events) scene.contents.emit(event, ...argumentsOf(event, tick * 100 + count));
      }
      await scene.timer.advance(100);
    }
    expect(scene.counted.told).toBeLessThanOrEqual(50);
  });

  it('opens none of its pop-ups without a click, and does not update the screen', async () => {
    const { contents: page, counted, timer } = await paneAtHand();
    await timer.advance(0);
    const before = page.loaded.length;
    for (let count = 0; count < 300; count += 1) {
      expect(page.openWindow({ url: `https://10.0.0.${count % 256}/` })).toEqual({ action: 'deny' });
      expect(page.openWindow({ url: `https://pop-up.example.com/${count}` })).toEqual({ action: 'deny' });
    }
    await timer.advance(10_000);
    expect(page.loaded).toHaveLength(before);
    expect(counted.told).toBe(0);
  });

  it('is closed with a message after the call, and Reload opens the start page again', async () => {
    const { pane, contents: page, counted, timer } = await paneAtHand();
    for (let count = 0; count < 10_000; count += 1) page.openWindow({ url: `https://pop-up.example.com/${count}` });
    expect(page.closed).toBe(false);
    await timer.advance(0);
    expect(page.closed).toBe(true);
    expect(pane.state().failure?.code).toBe('page_floods');
    expect(counted.told).toBe(1);
    pane.reload();
    expect(pane.state().failure).toBeNull();
    await timer.advance(0);
    expect(views[1]?.loaded).toEqual(['https://auth.example.com/start']);
  });

  it.each([
    'page-title-updated',
    'console-message',
    'page-favicon-updated',
    'enter-html-full-screen',
    'an-event-to-come',
  ])('is closed if it keeps causing %s, even without a listener', async (event) => {
    const { pane, contents: page, timer } = await paneAtHand();
    for (let count = 0; count < 10_000; count += 1) page.emit(event, {}, count);
    await timer.advance(0);
    expect(page.closed).toBe(true);
    expect(pane.state().failure?.code).toBe('page_floods');
  });

  it.each(['input-event', 'before-input-event', 'cursor-changed', 'update-target-url'])(
    'is not closed for %s, which only a person causes',
    async (event) => {
      const { pane, contents: page, timer } = await paneAtHand();
      for (let count = 0; count < 10_000; count += 1) page.emit(event, ...argumentsOf(event, count));
      await timer.advance(0);
      expect(page.closed).toBe(false);
      expect(pane.state().failure).toBeNull();
    },
  );

  it('loses its process at once, before any timer runs', async () => {
    const { contents: page } = await paneAtHand();
    const drawing = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    page.processId = drawing.pid ?? 0;
    for (let count = 0; count < 10_000; count += 1) page.emit('page-title-updated', {}, count);
    const [code] = await once(drawing, 'exit');
    expect(code).not.toBe(0);
    expect(page.closed).toBe(false);
    // Another flood finds that the process is gone.
    for (let count = 0; count < 10_000; count += 1) page.emit('page-title-updated', {}, count);
  });

  it('is reported as flooding, and not as ended too', async () => {
    const { pane, contents: page, timer } = await paneAtHand();
    for (let count = 0; count < 10_000; count += 1) page.emit('page-title-updated', {}, count);
    page.emit('render-process-gone', {}, { reason: 'killed' });
    await timer.advance(0);
    page.emit('render-process-gone', {}, { reason: 'killed' });
    expect(pane.state().failure?.code).toBe('page_floods');
  });

  it('is closed if it keeps creating frames', async () => {
    const { pane, contents: page, timer } = await paneAtHand();
    for (let count = 0; count < 10_000; count += 1) page.debugger.emit('message', {}, 'Page.frameAttached', {});
    await timer.advance(0);
    expect(page.closed).toBe(true);
    expect(pane.state().failure?.code).toBe('page_floods');
  });

  it('does not get a new budget by navigating or by opening a pop-up', async () => {
    const { pane, contents: page, timer } = await paneAtHand();
    for (let round = 0; round < 10; round += 1) {
      for (let count = 0; count < 300; count += 1) page.openWindow({ url: `https://pop-up.example.com/${count}` });
      page.emit('did-navigate', {}, 'about:blank', 200);
      page.emit('input-event', {}, { type: 'mouseDown' });
    }
    await timer.advance(0);
    expect(page.closed).toBe(true);
    expect(pane.state().failure?.code).toBe('page_floods');
  });

  it('does not cause another page to close after the person has left it', async () => {
    const { pane, contents: page, timer } = await paneAtHand();
    for (let count = 0; count < 10_000; count += 1) page.openWindow({ url: `https://pop-up.example.com/${count}` });
    await pane.signOut();
    await timer.advance(0);
    expect(pane.state().failure).toBeNull();
    expect(views[1]?.closed).toBe(false);
  });

  it('opens no context menu without a click, and one for each click', async () => {
    const { contents: page, counted } = await paneAtHand();
    const menus = () => {
      for (let count = 0; count < 300; count += 1) page.emit('context-menu', {}, {});
      return counted.menus;
    };
    expect(menus()).toBe(0);
    page.emit('input-event', {}, { type: 'mouseMove' });
    expect(menus()).toBe(0);
    page.emit('input-event', {}, { type: 'mouseDown' });
    expect(menus()).toBe(1);
    page.emit('input-event', {}, { type: 'rawKeyDown' });
    expect(menus()).toBe(2);
  });

  it('opens one of its pop-ups after a click', async () => {
    const { contents: page, timer } = await paneAtHand();
    await timer.advance(0);
    page.emit('input-event', {}, { type: 'mouseDown' });
    for (let count = 0; count < 300; count += 1) page.openWindow({ url: `https://pop-up.example.com/${count}` });
    await timer.advance(0);
    expect(page.loaded.slice(1)).toEqual(['https://pop-up.example.com/0']);
  });

  it.each([
    ['Reload', (pane: AuthorizationPane) => pane.reload()],
    ['Back', (pane: AuthorizationPane) => pane.back()],
    ['Larger', (pane: AuthorizationPane) => pane.zoom('in')],
    ['Close this pane', (pane: AuthorizationPane) => pane.show(false)],
  ])('does not delay the screen update after %s', async (_name, act) => {
    const { pane, contents: page, counted } = await paneAtHand();
    for (let count = 0; count < 1000; count += 1) page.emit('will-navigate', ...argumentsOf('will-navigate', count));
    expect(pane.state().failure?.code).toBe('address_not_allowed');
    const { told } = counted;
    act(pane);
    expect(counted.told).toBe(told + 1);
  });

  it('is closed by Sign out', async () => {
    const { pane, contents: page, counted, timer } = await paneAtHand();
    for (let count = 0; count < 1000; count += 1) page.emit('will-navigate', ...argumentsOf('will-navigate', count));
    await pane.signOut();
    await timer.advance(0);
    expect(page.closed).toBe(true);
    expect(pane.state().failure).toBeNull();
    expect(counted.told).toBe(2);
    expect(views[1]?.loaded).toEqual(['https://auth.example.com/start']);
  });
});

/**
 * All events of pages that main listens to, by file. `gate`: its effect on the screen goes through the gate, as the tests above
 * check. Otherwise: why it costs main no more than the call itself.
 */
const heard: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'reading/page-following.ts': {
    'did-start-loading': 'gate',
    'did-stop-loading': 'gate',
    'did-start-navigation': 'gate',
    'dom-ready': 'gate',
    'did-navigate': 'gate',
    'did-navigate-in-page': 'gate',
    'did-fail-load': 'gate',
    'render-process-gone': 'gate',
  },
  'page-find.ts': {
    'found-in-page': 'gate',
    'did-navigate': 'gate',
  },
  'page-input.ts': {
    'before-input-event': 'only a person makes input',
    'input-event': 'only a person makes input',
    'context-menu': 'one menu for a click or a key press of a person; it changes nothing on the screen',
  },
  '../window/wheel-zoom.ts': {
    'zoom-changed': 'one step for each turn of the wheel by a person',
    'input-event': 'only a person makes input',
  },
  'reading/page-reading.ts': {
    'did-navigate': 'it notes that nobody has used the page yet, and changes nothing on the screen',
    'input-event': 'only a person makes input',
    'before-input-event': 'only a person makes input',
  },
  'limits/page-guard.ts': {
    'will-navigate': 'gate',
    'will-frame-navigate': 'gate',
    'will-redirect': 'gate',
    'will-prevent-unload': 'it is answered and changes nothing on the screen',
    'input-event': 'only a person makes input; the mouse alone changes nothing',
    setWindowOpenHandler: 'one for a click of a person; every other is denied and changes nothing',
  },
  'downloads/pane-downloads.ts': {
    'input-event': 'only a person makes input',
    updated: 'of the one download that a person asked for; it changes nothing on the screen',
    done: 'once for the one download that a person asked for',
  },
  'sign-in/sign-in-pop-up.ts': {
    'page-title-updated': 'it is prevented and changes nothing',
    'content-bounds-updated': 'it is prevented and changes nothing',
    'did-navigate': 'it sets the title of the pop-up; what the console shows goes through the gate',
    'did-fail-load': 'it closes the pop-up, once',
    'render-process-gone': 'it closes the pop-up, once',
    'before-input-event': 'only a person makes input',
    close: 'it closes the pop-up, once',
    closed: 'once for each pop-up; what the console shows goes through the gate',
  },
  'limits/deny-by-default.ts': {
    'session-created': 'the console makes its sessions',
    'web-contents-created': 'no page makes another',
    'will-attach-webview': 'it is denied and changes nothing',
    'select-client-certificate': 'it is answered and changes nothing',
    'certificate-error': 'it is answered and changes nothing',
    'will-download': 'it is denied and changes nothing',
    setWindowOpenHandler: 'it is denied and changes nothing',
    setPermissionRequestHandler: 'it is denied and changes nothing',
    setPermissionCheckHandler: 'it is denied and changes nothing',
    setDevicePermissionHandler: 'it is denied and changes nothing',
    setBluetoothPairingHandler: 'it is denied and changes nothing',
  },
  'sign-in/page-asking.ts': {
    'did-start-navigation': 'it ends a question of the page before',
    'did-redirect-navigation': 'it changes nothing on the screen',
    'did-navigate': 'it changes nothing on the screen',
  },
  'sign-in/page-certificate.ts': {
    'select-client-certificate': 'a few questions, until the person opens a page',
  },
  'sign-in/page-password.ts': {
    login: 'a few questions, until the person opens a page',
  },
  'sign-in/integrated-sign-in.ts': {
    onResponseStarted: 'one for each page that comes; it changes nothing on the screen',
  },
  'sign-in/page-key.ts': {
    'did-navigate': 'it forgets what the page before asked for',
  },
  'page-keyboard.ts': {
    'did-navigate': 'it moves the keyboard and changes nothing on the screen',
    'did-start-navigation': 'it changes nothing on the screen',
    'input-event': 'only a person makes input',
  },
  'pane-proxy/pane-connection.ts': {
    login: 'it is answered by the secret of the own proxy, or not at all',
    response: 'to a request of the console itself',
    error: 'of a request of the console itself',
  },
  'limits/pane-dialogs.ts': {
    message: 'it changes nothing on the screen, and a page that causes too many is closed',
    onBeforeSendHeaders: 'the budget of requests bounds how many come so far',
    onHeadersReceived: 'the budget of requests bounds how many come so far',
  },
  'pane-target.ts': {
    setPermissionRequestHandler: 'it is denied, changes nothing, and a page that does not stop is closed',
    'will-download': 'one for a click of a person; every other is refused, and a page that does not stop is closed',
  },
  'limits/pane-request-filter.ts': {
    onBeforeRequest: 'the budget of requests bounds how many are judged',
  },
};

describe('the table of events that pages send to the main process', () => {
  const folder = join(import.meta.dirname, '../../../../../src-main/desktop/authorization-pane');
  const listeners =
    /\.(?:on|once|addListener)\(\s*'([^']+)'|\.(set\w+Handler|on(?:Before|Send|Headers|Response|Completed|Error)\w*)\(/g;
  const heardIn = (file: string) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(listeners)].map(
      ([, event, handler]) => event ?? handler ?? '',
    );
  /** They listen to sockets, which the proxy limits itself. */
  const ofTheProxy = ['pane-proxy.ts', 'reach.ts', 'upstream.ts'].map((name) => `pane-proxy/${name}`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !ofTheProxy.includes(name))
    .concat('../window/wheel-zoom.ts');

  it.each(files)('is complete for %s', (file) => {
    expect([...new Set(heardIn(file))].toSorted()).toEqual(Object.keys(heard[file] ?? {}).toSorted());
  });

  it('has a flood test above for each event that goes through the gate', async () => {
    const { contents } = await paneAtHand();
    const gated = Object.values(heard)
      .flatMap((ofFile) => Object.entries(ofFile))
      .filter(([, why]) => why === 'gate');
    for (const [event] of gated) expect(contents.eventNames(), event).toContain(event);
  });
});
