import { basename, dirname, extname, join } from 'node:path';
import { app, BrowserWindow, dialog, shell } from 'electron';
import { fail, succeed } from '../../../src-shared/result.ts';
import { isNothingAt } from '../../files/file-trouble.ts';
import type { FileExport } from '../../ports/file-export.ts';
import type { Log } from '../../ports/log.ts';
import { withUmaskOfStart } from '../disk/own-rights.ts';
import { notWrittenReason, writeExport } from './write-export.ts';

/** The operating system's own save dialog, in front of the console's window. */
export function createFileExport(log: Log): FileExport {
  let saved: string | null = null;
  return {
    async save({ suggestedName, title, kind, content, folder }) {
      const options = {
        title,
        defaultPath: join(firstFolder(folder ?? 'documents'), suggestedName),
        filters: [{ name: kind, extensions: [extname(suggestedName).slice(1)] }],
      };
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
      const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      if (chosen.canceled || !chosen.filePath) return succeed({ state: 'cancelled' });
      const whole = typeof content === 'function' ? await content() : succeed(content);
      if (!whole.ok) return whole;
      try {
        await writeExport(chosen.filePath, whole.value);
      } catch (thrown) {
        const reason = notWrittenReason(thrown);
        log.warn('files', 'export_not_written', { reason });
        return fail('export_not_written', { facts: { reason } });
      }
      saved = chosen.filePath;
      return succeed({ state: 'saved', fileName: basename(saved), folder: dirname(saved) });
    },
    async showSaved() {
      if (saved === null || isNothingAt(saved)) return fail('saved_file_gone');
      const path = saved;
      withUmaskOfStart(() => shell.showItemInFolder(path));
      return succeed(null);
    },
  };
}

/** Not every account has these folders. */
function firstFolder(folder: 'documents' | 'downloads'): string {
  try {
    return app.getPath(folder);
  } catch {
    return app.getPath('home');
  }
}
