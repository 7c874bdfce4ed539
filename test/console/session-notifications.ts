import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A notification that the test session's notification daemon showed. */
export interface ShownNotification {
  readonly title: string;
  readonly body: string;
}

/** The test session's notifications. A test can count, click and close them, as a person would. */
export const sessionNotifications = {
  /** The number of notifications on the screen. */
  async count(): Promise<number> {
    return Number(await control('count', 'displayed'));
  },

  /** Clicks on the newest one. */
  async click(): Promise<void> {
    await control('action', '0');
  },

  /** Closes all of them. */
  async putAway(): Promise<void> {
    await control('close-all');
  },

  /** All notifications since {@link forget}, newest first. Closes those on the screen. */
  async shown(): Promise<readonly ShownNotification[]> {
    await control('close-all');
    return (await history())
      .filter(({ id }) => id.data > forgotten)
      .map(({ summary, body }) => ({
        title: summary.data,
        body: body.data,
      }));
  },

  async forget(): Promise<void> {
    await control('close-all');
    forgotten = Math.max(0, ...(await history()).map(({ id }) => id.data));
  },
};

interface HistoryEntry {
  readonly id: { readonly data: number };
  readonly summary: { readonly data: string };
  readonly body: { readonly data: string };
}

/** The daemon's id of the newest notification from an earlier test. */
let forgotten = 0;

async function history(): Promise<readonly HistoryEntry[]> {
  return (JSON.parse(await control('history')) as { data: [HistoryEntry[]] }).data[0];
}

async function control(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('dunstctl', [...args], { timeout: 10_000 });
  return stdout.trim();
}
