import type { ExportOutcome } from '../../src-shared/window/ipc-contract.ts';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from './bridge.ts';
import { announce } from './announcer.ts';
import { createStore, useStore } from './store.ts';
import { toast } from './toast.ts';

type ExportName = 'print' | SavedFile;
/** What can be saved as a file. */
type SavedFile = 'save_pdf' | 'save_sheet' | 'save_calendar';

const running = createStore<readonly ExportName[]>([]);

/** Lets the system print the page, and says why if that fails. Does nothing while the page is being printed already. */
export function printPage(): void {
  run('print', async () => {
    const printed = await call('export.print');
    if (!printed.ok) toast(printed, '');
  });
}

/** Lets the person save a file. Does nothing while it is already being saved. */
export function saveFile(file: SavedFile): void {
  run(file, async () => sayExport(await call(`export.${file}`)));
}

/** Is it in progress? The menu bar may have started it. */
export function useRunning(name: ExportName): boolean {
  return useStore(running).includes(name);
}

/** Says where a file was saved, or why it was not. Says nothing if the person has cancelled that. */
export function sayExport(exported: Result<ExportOutcome>): void {
  if (!exported.ok) return toast(exported, '');
  if (exported.value.state === 'saved')
    toast(exported, words.frame.savedAs(exported.value.fileName, exported.value.folder), {
      label: words.frame.showInFolder,
      act: () => void call('export.show_saved').then((shown) => shown.ok || toast(shown, '')),
    });
}

function run(name: ExportName, work: () => Promise<void>): void {
  if (running.get().includes(name)) return;
  running.set([...running.get(), name]);
  announce(words.license.exporting[name]);
  void work().finally(() => running.set(running.get().filter((each) => each !== name)));
}
