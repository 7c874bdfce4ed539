import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DownloadItem, Event, WebContents } from 'electron';
import type { ExportOutcome } from '../../../../src-shared/window/ipc-contract.ts';
import { present } from '../../../../src-shared/present.ts';
import { fail, type Result, succeed } from '../../../../src-shared/result.ts';
import type { Timer } from '../../../ports/timer.ts';
import { downloadName } from './download-kind.ts';
import { PersonGesture } from '../limits/page-gate.ts';

/** How long after a click a download may start. A server may need a while to make a report. */
export const downloadGestureMs = 60_000;
/** A document. It is held in memory while it is written. */
export const largestDownload = 25 * 1024 * 1024;
/** A download that got no byte for this long is ended: its server may never send the rest. */
export const stalledMs = 60_000;

export interface Download {
  readonly name: string;
  /** Lower case, without the dot. */
  readonly ending: string;
  /** The whole file. Call it when the person has chosen a place. Failures: `download_failed`, `download_refused`. */
  readonly content: () => Promise<Result<Uint8Array>>;
}

interface PaneDownloadsDeps {
  readonly timer: Timer;
  /** Asks the person where to save it, and saves it there. */
  readonly save: (download: Download) => Promise<Result<ExportOutcome>>;
  readonly onEnded: (outcome: Result<ExportOutcome>) => void;
  /** A page offered a file that no person asked for. It was refused silently. */
  readonly onUnasked: () => void;
}

/** A page in a window of its own, which would cover the question. */
interface AskedPage {
  /** The person is about to be asked where to save its file. */
  readonly onAsked: () => void;
  /** The person chose a place, or none, or its file was refused. A chosen file may still be loading. */
  readonly onAnswered: () => void;
}

/**
 * What a page of the pane or of its pop-up offers as a file: one at a time, for a click, and only of kinds that do not run. The
 * file is loaded into a folder of the console while the person is asked for its place. The person's folder only ever gets the
 * whole file.
 */
export class PaneDownloads {
  readonly #deps: PaneDownloadsDeps;
  readonly #gesture: PersonGesture;
  readonly #pages = new Map<WebContents, AskedPage | null>();
  /** Ends the download that is under way. */
  #stop: (() => void) | null = null;
  #isAsking = false;

  constructor(deps: PaneDownloadsDeps) {
    this.#deps = deps;
    this.#gesture = new PersonGesture(deps.timer, downloadGestureMs);
  }

  /** Downloads of this page may be saved from now on. A click on any watched page counts: one page opens the other. */
  watch(contents: WebContents, page: AskedPage | null = null): void {
    this.#pages.set(contents, page);
    contents.on('input-event', (_event, { type }) => this.#gesture.noteInput(type));
  }

  /** Answers a download of any page of the session. Refuses it silently if no person has asked for it. */
  answer(event: Event, item: DownloadItem, contents: WebContents | undefined): void {
    const page = contents && this.#pages.get(contents);
    if (page === undefined || !this.#gesture.use()) {
      event.preventDefault();
      return this.#deps.onUnasked();
    }
    const { name, ending } = downloadName(item.getFilename());
    if (ending !== null && this.#stop === null && item.getTotalBytes() <= largestDownload) {
      page?.onAsked();
      this.#isAsking = true;
      const answered = () => {
        if (!this.#isAsking) return;
        this.#isAsking = false;
        page?.onAnswered();
      };
      return void this.#take(item, { name, ending }, answered).then((outcome) => {
        answered();
        this.#deps.onEnded(outcome);
      });
    }
    event.preventDefault();
    // While the person is asked about another file, a window stays hidden.
    if (!this.#isAsking) page?.onAnswered();
    this.#deps.onEnded(refused(name, ending === null ? 'kind' : this.#stop ? 'busy' : 'size'));
  }

  /** Accepts no more downloads of this page. A download in progress continues. */
  forget(contents: WebContents): void {
    this.#pages.delete(contents);
  }

  /** Ends the download, and takes none until the next page is watched. */
  leave(): void {
    this.#pages.clear();
    this.stop();
  }

  /** Ends the download, which then counts as failed. */
  stop(): void {
    this.#gesture.forget();
    this.#stop?.();
  }

  /** Calls `onChosen` when the person has chosen a place. */
  async #take(
    item: DownloadItem,
    { name, ending }: Omit<Download, 'content'>,
    onChosen: () => void,
  ): Promise<Result<ExportOutcome>> {
    // All of this comes before the first wait: Electron takes a path only while it reports the download.
    const folder = newFolder();
    if (folder === null) {
      item.cancel();
      return failed(name);
    }
    const path = join(folder, 'file');
    item.setSavePath(path);
    const { ended, stop } = follow(item, name, this.#deps.timer);
    this.#stop = stop;
    const content = async () => {
      onChosen();
      const whole = await ended;
      return whole.ok ? succeed<Uint8Array>(await readFile(path)) : whole;
    };
    try {
      return await this.#deps.save({ name, ending, content });
    } catch {
      return failed(name);
    } finally {
      // The person may have cancelled it.
      stop();
      await ended;
      await rm(folder, { recursive: true, force: true }).catch(() => {});
      this.#stop = null;
    }
  }
}

/** Null if the temporary folder cannot be written. */
function newFolder(): string | null {
  try {
    return mkdtempSync(join(tmpdir(), 'license-console-download-'));
  } catch {
    return null;
  }
}

/** Follows a download to its end. It can be stopped at any time, also after that. */
function follow(item: DownloadItem, name: string, timer: Timer) {
  let isOver = false;
  let stopLooking = () => {};
  const stop = () => {
    if (!isOver) item.cancel();
  };
  const ended = new Promise<Result<null>>((resolve) => {
    const end = (outcome: Result<never>) => {
      resolve(outcome);
      stop();
    };
    const look = (before: number) => {
      stopLooking = timer.schedule(stalledMs, () => {
        const received = item.getReceivedBytes();
        if (received === before) end(failed(name, 'stalled'));
        else look(received);
      });
    };
    look(item.getReceivedBytes());
    item.on('updated', (_event, state) => {
      const tooLarge = item.getReceivedBytes() > largestDownload;
      // A connection that breaks does not end a download: Electron waits until somebody resumes it.
      if (state === 'interrupted' || tooLarge) end(tooLarge ? refused(name, 'size') : failed(name));
    });
    item.once('done', (_event, state) => {
      isOver = true;
      stopLooking();
      if (state !== 'completed') return resolve(failed(name));
      resolve(item.getReceivedBytes() > largestDownload ? refused(name, 'size') : succeed(null));
    });
  });
  return { ended, stop };
}

function refused(file: string, reason: 'busy' | 'kind' | 'size'): Result<never> {
  return fail('download_refused', { facts: { file, reason, mb: String(largestDownload / 1024 / 1024) } });
}

function failed(file: string, reason?: 'stalled'): Result<never> {
  return fail('download_failed', { facts: present({ file, reason }) });
}
