import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuthorizationPane } from '../../../../../src-main/desktop/authorization-pane/authorization-pane.ts';
import {
  hangsAfterMs,
  leaveTimeoutMs,
  looksEveryMs,
  mostMemoryKb,
} from '../../../../../src-main/desktop/authorization-pane/limits/page-health.ts';
import { memory, paneAtHand, views } from '../../../../fakes/pane-at-hand.ts';

vi.mock('electron', async () => (await import('../../../../fakes/pane-at-hand.ts')).fakeElectron);

const start = 'https://auth.example.com/start';

/** A pane with a page that has loaded, and hangs or not. */
async function paneWithPage({ hangs }: { readonly hangs: boolean }) {
  const scene = await paneAtHand();
  scene.contents.url = 'https://auth.example.com/page';
  scene.contents.hangs = hangs;
  return scene;
}

beforeEach(() => {
  memory.pagesKb = 0;
  memory.consoleKb = 0;
});

const ways = [
  ['Home', (pane: AuthorizationPane) => pane.home(), start],
  ['Reload', (pane: AuthorizationPane) => pane.reload(), 'https://auth.example.com/page'],
  ['Back', (pane: AuthorizationPane) => pane.back(), start],
] as const;

describe('a page that hangs', () => {
  it.each(ways)('is replaced by a new view after %s', async (_name, act, address) => {
    const { pane, contents, timer } = await paneWithPage({ hangs: true });
    act(pane);
    expect(contents.closed).toBe(false);
    await timer.advance(leaveTimeoutMs);
    expect(contents.closed).toBe(true);
    expect(views).toHaveLength(2);
    expect(views[1]?.loaded).toEqual([address]);
  });

  it.each(ways)('keeps its view after %s if it answers after all', async (_name, act) => {
    const { pane, contents, timer } = await paneWithPage({ hangs: false });
    act(pane);
    // The page answers before any time has passed.
    await timer.advance(0);
    await timer.advance(leaveTimeoutMs * 3);
    expect(contents.closed).toBe(false);
    expect(views).toHaveLength(1);
  });

  it('is not confused with a page that has loaded in the meantime', async () => {
    const { pane, contents, timer } = await paneWithPage({ hangs: true });
    pane.home();
    contents.emit('did-navigate', {}, start, 200);
    contents.hangs = false;
    await timer.advance(leaveTimeoutMs);
    expect(contents.closed).toBe(false);
  });

  it('is closed with the pane, and opening the pane again loads the start page', async () => {
    const { pane, contents, timer } = await paneWithPage({ hangs: true });
    pane.show(false);
    await timer.advance(leaveTimeoutMs);
    expect(contents.closed).toBe(true);
    expect(views).toHaveLength(1);
    pane.show(true);
    await timer.advance(0);
    expect(views[1]?.loaded).toEqual([start]);
  });

  it('is also replaced if the pane is closed and opened again at once', async () => {
    const { pane, contents, timer } = await paneWithPage({ hangs: true });
    pane.show(false);
    pane.show(true);
    await timer.advance(leaveTimeoutMs);
    expect(contents.closed).toBe(true);
    expect(views.at(-1)?.loaded).toEqual([start]);
    expect(views).toHaveLength(2);
  });

  it('is reported with a message, which disappears when the page answers again', async () => {
    const { pane, contents, timer } = await paneWithPage({ hangs: true });
    await timer.advance(looksEveryMs + hangsAfterMs);
    expect(pane.state()).toMatchObject({ failure: { code: 'page_hangs' }, hidesPage: true });
    contents.hangs = false;
    await timer.advance(looksEveryMs + hangsAfterMs * 2);
    expect(pane.state().failure).toBeNull();
  });
});

describe('the memory of a page', () => {
  it('a page above the limit is closed with a message, and Reload opens the start page', async () => {
    const { pane, contents, timer } = await paneWithPage({ hangs: true });
    memory.pagesKb = mostMemoryKb + 2;
    await timer.advance(looksEveryMs);
    expect(contents.closed).toBe(true);
    expect(pane.state().failure?.code).toBe('page_too_large');
    memory.pagesKb = 0;
    pane.reload();
    expect(pane.state().failure).toBeNull();
    await timer.advance(0);
    expect(views[1]?.loaded).toEqual([start]);
  });

  it('the memory of the console itself does not count', async () => {
    const { contents, timer } = await paneWithPage({ hangs: false });
    memory.consoleKb = mostMemoryKb * 2;
    await timer.advance(looksEveryMs * 3);
    expect(contents.closed).toBe(false);
  });

  it.each([
    ['oom', 'page_too_large'],
    ['crashed', 'page_ended'],
    ['killed', 'page_ended'],
  ])('a process that ended with %s is reported as %s', async (reason, code) => {
    const { pane, contents } = await paneWithPage({ hangs: false });
    contents.emit('render-process-gone', {}, { reason });
    expect(pane.state().failure?.code).toBe(code);
  });
});
