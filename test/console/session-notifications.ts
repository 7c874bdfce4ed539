import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the test session's notification daemon showed. */
export interface ShownNotification {
  readonly title: string;
  readonly body: string;
}

/** The notifications of the test session as a person treats them: they are there, they are clicked, they are put away. */
export const sessionNotifications = {
  /** How many are on the screen. */
  async count(): Promise<number> {
    return Number(await control('count', 'displayed'));
  },

  /** A click on the newest one. */
  async click(): Promise<void> {
    await control('action', '0');
  },

  /** Puts all of them away. */
  async putAway(): Promise<void> {
    await control('close-all');
  },

  /** All that were put away since {@link forget}, the newest first. */
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

/** The daemon's number of the newest notification that a test before this one left. */
let forgotten = 0;

async function history(): Promise<readonly HistoryEntry[]> {
  return (JSON.parse(await control('history')) as { data: [HistoryEntry[]] }).data[0];
}

async function control(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('dunstctl', [...args], { timeout: 10_000 });
  return stdout.trim();
}
