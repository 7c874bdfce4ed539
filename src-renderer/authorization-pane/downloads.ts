import { useEffect } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { call, listen } from '../state/bridge.ts';
import { sayExport } from '../state/exports.ts';
import { toast } from '../state/toast.ts';

/** Says where a file of the embedded page was saved, or why it was not saved and where the person can get it. */
export function useDownloads(): void {
  useEffect(
    () =>
      listen('download.ended', (outcome) => {
        if (outcome.ok || outcome.failure.code !== 'download_refused') return sayExport(outcome);
        toast(outcome, '', {
          label: words.pane.openInBrowser,
          act: () => void call('pane.open_in_browser').then((opened) => opened.ok || toast(opened, '')),
        });
      }),
    [],
  );
}
