import { EventEmitter } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DownloadItem, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import {
  type Download,
  downloadGestureMs,
  largestDownload,
  PaneDownloads,
  stalledMs,
} from '../../../../../../src-main/desktop/authorization-pane/downloads/pane-downloads.ts';
import type { ExportOutcome } from '../../../../../../src-shared/window/ipc-contract.ts';
import { type Result, succeed } from '../../../../../../src-shared/result.ts';
import { FakeClock } from '../../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../../fakes/hand-timer.ts';
import { settled } from '../../../../../fakes/until.ts';

class FakeItem extends EventEmitter {
  path = '';
  received = 0;
  cancelled = 0;
  isOver = false;
  readonly #name: string;
  readonly #total: number;
  constructor(name: string, total: number) {
    super();
    this.#name = name;
    this.#total = total;
  }
  getFilename = () => this.#name;
  getTotalBytes = () => this.#total;
  getReceivedBytes = () => this.received;
  setSavePath(path: string): void {
    this.path = path;
  }
  cancel(): void {
    // Electron throws if the download has ended already.
    if (this.isOver) throw new Error('The item is gone');
    this.cancelled += 1;
    this.end('cancelled');
  }
  end(state: string, text = ''): void {
    if (state === 'completed') writeFileSync(this.path, text);
    this.isOver = true;
    this.emit('done', {}, state);
  }
}

function setUp(save: (download: Download) => Promise<Result<ExportOutcome>> = writes) {
  const timer = new HandTimer(new FakeClock());
  const ended: Result<ExportOutcome>[] = [];
  const counted = { unasked: 0, refused: 0 };
  const downloads = new PaneDownloads({
    timer,
    save,
    onEnded: (outcome) => ended.push(outcome),
    onUnasked: () => (counted.unasked += 1),
  });
  const contents = new EventEmitter() as unknown as WebContents;
  downloads.watch(contents);
  const click = () => contents.emit('input-event', {}, { type: 'mouseDown' });
  const offer = (name = 'STATEMENT.pdf', total = 4, from = contents) => {
    const item = new FakeItem(name, total);
    const event = { preventDefault: () => (counted.refused += 1), defaultPrevented: false };
    downloads.answer(event, item as unknown as DownloadItem, from);
    return item;
  };
  return { downloads, timer, ended, counted, click, offer, contents };
}

/** Saves it as the system's dialog does once the person has chosen a place. */
async function writes({ name, content }: Download): Promise<Result<ExportOutcome>> {
  const whole = await content();
  return whole.ok
    ? succeed({ state: 'saved', fileName: `${name} ${Buffer.from(whole.value).toString()}`, folder: '/home' })
    : whole;
}

/** As {@link writes}, but the dialog is open for a while. */
async function asksFirst(download: Download): Promise<Result<ExportOutcome>> {
  await settled();
  return writes(download);
}

describe('a file that a page offers', () => {
  it('is saved whole after a click, and leaves nothing behind', async () => {
    const { click, offer, ended, counted } = setUp();
    click();
    const item = offer();
    expect(existsSync(dirname(item.path))).toBe(true);
    item.end('completed', 'text');
    await expect
      .poll(() => ended)
      .toEqual([succeed({ state: 'saved', fileName: 'STATEMENT.pdf text', folder: '/home' })]);
    expect(existsSync(dirname(item.path))).toBe(false);
    expect(counted).toEqual({ unasked: 0, refused: 0 });
  });

  it('is refused silently without a click, for a second one, after a minute, and from another page', async () => {
    const { click, offer, ended, counted, timer, contents } = setUp(async () => succeed({ state: 'cancelled' }));
    offer();
    click();
    const first = offer();
    offer();
    await expect.poll(() => ended).toHaveLength(1);
    expect(first.cancelled).toBe(1);
    click();
    await timer.advance(downloadGestureMs);
    offer();
    click();
    offer('STATEMENT.pdf', 4, new EventEmitter() as unknown as WebContents);
    expect(counted).toEqual({ unasked: 4, refused: 4 });
    contents.emit('input-event', {}, { type: 'mouseMove' });
    expect(ended).toHaveLength(1);
  });

  it.each([
    ['kind', 'setup.exe', 4],
    ['size', 'STATEMENT.pdf', largestDownload + 1],
  ])('is refused for its %s with a message', async (reason, name, total) => {
    const { click, offer, ended, counted } = setUp();
    click();
    const item = offer(name, total);
    expect(item.path).toBe('');
    expect(counted.refused).toBe(1);
    expect(ended).toMatchObject([{ failure: { code: 'download_refused', facts: { reason, file: name } } }]);
  });

  it('is refused with a message while another one is being saved', async () => {
    const { click, offer, ended } = setUp();
    click();
    const first = offer();
    click();
    offer('other.pdf');
    expect(ended).toMatchObject([
      { failure: { code: 'download_refused', facts: { reason: 'busy', file: 'other.pdf' } } },
    ]);
    first.end('completed', 'x');
    await expect.poll(() => ended).toHaveLength(2);
    click();
    offer('third.pdf').end('completed', 'x');
    await expect.poll(() => ended[2]).toMatchObject({ ok: true });
  });

  it('is stopped if it grows larger than announced', async () => {
    const { click, offer, ended } = setUp();
    click();
    const item = offer('STATEMENT.pdf', 0);
    item.received = largestDownload + 1;
    item.emit('updated', {}, 'progressing');
    expect(item.cancelled).toBe(1);
    await expect.poll(() => ended).toMatchObject([{ failure: { facts: { reason: 'size' } } }]);
    expect(existsSync(dirname(item.path))).toBe(false);
  });

  it.each([
    ['the network', (item: FakeItem) => item.end('interrupted')],
    ['a connection that breaks', (item: FakeItem) => item.emit('updated', {}, 'interrupted')],
    ['the end of the page', (_item: FakeItem, downloads: PaneDownloads) => downloads.leave()],
    ['the closed pane', (_item: FakeItem, downloads: PaneDownloads) => downloads.stop()],
  ])('is reported as stopped by %s, and nothing is left', async (_name, end) => {
    const { click, offer, ended, downloads } = setUp();
    click();
    const item = offer();
    end(item, downloads);
    await expect
      .poll(() => ended)
      .toMatchObject([{ failure: { code: 'download_failed', facts: { file: 'STATEMENT.pdf' } } }]);
    expect(existsSync(dirname(item.path))).toBe(false);
    downloads.stop();
  });

  it('is ended with a message if nothing of it arrives for a minute, however slow it was before', async () => {
    const { click, offer, ended, timer } = setUp();
    click();
    const item = offer('STATEMENT.pdf', 0);
    for (const received of [1, 2, 3]) {
      item.received = received;
      await timer.advance(stalledMs);
      expect(item.cancelled).toBe(0);
    }
    await timer.advance(stalledMs);
    expect(item.cancelled).toBe(1);
    await expect
      .poll(() => ended)
      .toMatchObject([{ failure: { code: 'download_failed', facts: { file: 'STATEMENT.pdf', reason: 'stalled' } } }]);
    expect(existsSync(dirname(item.path))).toBe(false);
    expect(timer.count).toBe(0);
  });

  it('is reported as stopped if the temporary folder cannot be written', async () => {
    const { click, offer, ended } = setUp();
    vi.stubEnv('TMPDIR', '/dev/null');
    vi.stubEnv('TMP', 'NUL:');
    vi.stubEnv('TEMP', 'NUL:');
    click();
    const item = offer();
    await settled();
    vi.unstubAllEnvs();
    expect(item.cancelled).toBe(1);
    expect(ended).toMatchObject([{ ok: false, failure: { code: 'download_failed' } }]);
  });

  it('is reported as stopped if the dialog throws', async () => {
    const { click, offer, ended } = setUp(async () => {
      throw new Error('no dialog');
    });
    click();
    const item = offer();
    await expect.poll(() => ended).toMatchObject([{ failure: { code: 'download_failed' } }]);
    expect(item.cancelled).toBe(1);
  });
});

describe('a file that the pop-up of the pane offers', () => {
  function setUpPopUp(save?: Parameters<typeof setUp>[0]) {
    const pane = setUp(save);
    const popUp = new EventEmitter() as unknown as WebContents;
    const happened: string[] = [];
    pane.downloads.watch(popUp, {
      onAsked: () => happened.push('asked'),
      onAnswered: () => happened.push('answered'),
    });
    return { ...pane, popUp, happened };
  }

  it('is saved after a click in it, and the window is out of the way while the person is asked', async () => {
    const { popUp, offer, happened, ended } = setUpPopUp(asksFirst);
    popUp.emit('input-event', {}, { type: 'mouseDown' });
    const item = offer('STATEMENT.pdf', 4, popUp);
    expect(happened).toEqual(['asked']);
    item.end('completed', 'text');
    await expect.poll(() => ended).toMatchObject([{ ok: true, value: { state: 'saved' } }]);
    expect(happened).toEqual(['asked', 'answered']);
  });

  it('is loaded further after the person has chosen its place, while the window is back', async () => {
    let choose = () => {};
    const chosen = new Promise<void>((resolve) => (choose = resolve));
    const { click, popUp, offer, happened, ended } = setUpPopUp(async (download) => {
      await chosen;
      return writes(download);
    });
    click();
    const item = offer('STATEMENT.pdf', 4, popUp);
    await settled();
    expect(happened).toEqual(['asked']);
    choose();
    await settled();
    expect(happened).toEqual(['asked', 'answered']);
    // Its window is not hidden for a question now, so another one that is empty may close.
    click();
    offer('other.pdf', 4, popUp);
    expect(ended).toMatchObject([{ failure: { facts: { reason: 'busy' } } }]);
    expect(happened).toEqual(['asked', 'answered', 'answered']);
    item.end('completed', 'text');
    await expect.poll(() => ended[1]).toMatchObject({ ok: true, value: { state: 'saved' } });
    expect(happened).toEqual(['asked', 'answered', 'answered']);
  });

  it.each([
    ['none is chosen', async () => succeed<ExportOutcome>({ state: 'cancelled' })],
    ['the dialog throws', () => Promise.reject(new Error('no dialog'))],
  ])('brings the window back if %s', async (_name, save) => {
    const { click, popUp, offer, happened } = setUpPopUp(save);
    click();
    offer('STATEMENT.pdf', 4, popUp);
    await expect.poll(() => happened).toEqual(['asked', 'answered']);
  });

  it('is saved for the click that opened the pop-up, and only one for it', async () => {
    const { click, popUp, offer, ended, counted } = setUpPopUp(async () => succeed({ state: 'cancelled' }));
    click();
    offer('STATEMENT.pdf', 4, popUp);
    offer();
    await expect.poll(() => ended).toHaveLength(1);
    offer('STATEMENT.pdf', 4, popUp);
    expect(counted).toEqual({ unasked: 2, refused: 2 });
  });

  it('is refused with words, and the window is answered, unless it waits for another question', async () => {
    const { click, popUp, offer, happened, ended } = setUpPopUp(asksFirst);
    click();
    offer('setup.exe', 4, popUp);
    expect(ended).toMatchObject([{ failure: { code: 'download_refused', facts: { reason: 'kind' } } }]);
    expect(happened).toEqual(['answered']);
    click();
    const first = offer('STATEMENT.pdf', 4, popUp);
    click();
    offer('other.pdf', 4, popUp);
    expect(ended[1]).toMatchObject({ failure: { facts: { reason: 'busy' } } });
    expect(happened).toEqual(['answered', 'asked']);
    first.end('completed', 'x');
    await expect.poll(() => happened).toEqual(['answered', 'asked', 'answered']);
  });

  it('is refused silently once it has closed, and what is under way is still saved', async () => {
    const { click, popUp, offer, ended, counted, downloads } = setUpPopUp();
    click();
    const item = offer('STATEMENT.pdf', 4, popUp);
    downloads.forget(popUp);
    click();
    offer('other.pdf', 4, popUp);
    expect(counted.unasked).toBe(1);
    item.end('completed', 'x');
    await expect.poll(() => ended).toMatchObject([{ ok: true }]);
  });
});
