import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail, succeed } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileExport } from '../ports/file-export.ts';

export interface DiagnosticsHandlersDeps {
  readonly diagnostics: Pick<Diagnostics, 'collect' | 'end' | 'read' | 'zip'>;
  readonly fileExport: FileExport;
  readonly clock: Pick<Clock, 'wallNow'>;
}

/** The handlers that collect, show and save the diagnostics. */
export function diagnosticsHandlers(deps: DiagnosticsHandlersDeps): HandlersOf<'diagnostics'> {
  const { diagnostics, fileExport, clock } = deps;
  return {
    'diagnostics.collect': async () => {
      diagnostics.collect();
      return succeed(null);
    },
    'diagnostics.end': async () => {
      diagnostics.end();
      return succeed(null);
    },
    'diagnostics.read': ({ name }) => diagnostics.read(name),
    'diagnostics.save': async () => {
      // Made before the person is asked for a name: they may close the window while the dialog is open.
      const zip = await diagnostics.zip();
      if (!zip.ok) return zip;
      const { diagnosticsWords } = await import('../../src-shared/words/diagnostics-words.ts');
      const [day = ''] = words.dates.sortable(clock.wallNow()).split(' ');
      const saved = await fileExport.save({
        suggestedName: diagnosticsWords.fileName(day),
        title: diagnosticsWords.saveDialogTitle,
        kind: diagnosticsWords.zipFiles,
        content: zip.value,
      });
      if (saved.ok || saved.failure.code !== 'export_not_written') return saved;
      return fail('diagnostics_not_saved', { facts: { ...saved.failure.facts } });
    },
  };
}
