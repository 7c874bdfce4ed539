import type { ExportOutcome } from '../../../../src-shared/window/ipc-contract.ts';
import type { Result } from '../../../../src-shared/result.ts';
import { words } from '../../../../src-shared/words/words.ts';
import type { FileExport } from '../../../ports/file-export.ts';
import type { Log } from '../../../ports/log.ts';
import type { Timer } from '../../../ports/timer.ts';
import { PaneDownloads } from './pane-downloads.ts';

interface SavedDownloadsDeps {
  readonly timer: Timer;
  readonly log: Log;
  readonly fileExport: FileExport;
  readonly onEnded: (outcome: Result<ExportOutcome>) => void;
}

/** The downloads of the pane, saved by the system's own dialog, each with a line in the log. */
export function savedDownloads({ timer, log, fileExport, onEnded }: SavedDownloadsDeps): PaneDownloads {
  const { saveDownload: title, downloadKind } = words.pane;
  return new PaneDownloads({
    timer,
    save: ({ name, ending, content }) =>
      fileExport.save({ suggestedName: name, title, kind: downloadKind(ending), content, folder: 'downloads' }),
    onEnded: (outcome) => {
      if (outcome.ok) log.info('pane', 'download', { outcome: outcome.value.state });
      else log.warn('pane', 'download', { code: outcome.failure.code, reason: outcome.failure.facts?.['reason'] });
      onEnded(outcome);
    },
    onUnasked: () => log.info('pane', 'download', { outcome: 'not_asked_for' }),
  });
}
