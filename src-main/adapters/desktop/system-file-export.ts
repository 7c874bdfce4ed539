import { writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { app, BrowserWindow, dialog } from 'electron';
import { fail, succeed } from '../../../src-shared/result.ts';
import type { FileExport } from '../../ports/file-export.ts';

/** The operating system's own save dialog, in front of the console's window. */
export const systemFileExport: FileExport = {
  async save({ suggestedName, title, kind, text }) {
    const options = {
      title,
      defaultPath: join(firstFolder(), suggestedName),
      filters: [{ name: kind, extensions: [extname(suggestedName).slice(1)] }],
    };
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
    if (chosen.canceled || !chosen.filePath) return succeed({ state: 'cancelled' });
    try {
      await writeFile(chosen.filePath, text, 'utf8');
      return succeed({ state: 'saved', fileName: basename(chosen.filePath) });
    } catch {
      return fail('export_not_written');
    }
  },
};

/** Not every account has a folder for documents. */
function firstFolder(): string {
  try {
    return app.getPath('documents');
  } catch {
    return app.getPath('home');
  }
}
