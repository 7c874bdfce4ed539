import type { ConsoleApp } from './console-app.ts';

/** Makes every save dialog choose this file from now on, or cancel if it is null. The dialog is native, so Playwright does not see it. */
export async function answerSaveDialog(app: ConsoleApp, filePath: string | null): Promise<void> {
  await app.electron.evaluate(({ dialog }, path) => {
    const seen = globalThis as unknown as { suggested: string | undefined };
    dialog.showSaveDialog = async (...options: unknown[]) => {
      seen.suggested = (options.at(-1) as { defaultPath?: string }).defaultPath;
      return { canceled: path === null, filePath: path ?? '' };
    };
  }, filePath);
}

/** The path that the last save dialog began with. */
export function suggestedName(app: ConsoleApp): Promise<string | undefined> {
  return app.electron.evaluate(() => (globalThis as unknown as { suggested: string | undefined }).suggested);
}
