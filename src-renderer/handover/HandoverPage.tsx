import { useCallback, useEffect, useState } from 'react';
import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { longestInstaller } from '../../src-shared/servers/installer-name.ts';
import { checkCount } from '../../src-shared/support/preflight.ts';
import type { Result } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { handoverWords } from '../../src-shared/words/handover-words.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { call, send } from '../state/bridge.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { printPage, saveFile, useRunning } from '../state/exports.ts';
import { askOnce, useMainRead } from '../state/main-read.ts';
import { Page } from '../frame/Page.tsx';
import { toast } from '../state/toast.ts';
import { TextField } from '../controls/TextField.tsx';
import { HandoverSheet } from './HandoverSheet.tsx';
import { InstallerSaver } from './installer-saver.ts';

const askInstaller = askOnce(() => call('handover.read'));

interface HandoverPageProps {
  readonly license: LicenseView;
  readonly profile: ServerProfile;
}

/** One page to leave at the store, with buttons to print it, to save it as a PDF file, and to save its days as a calendar file. */
export default function HandoverPage({ license, profile }: HandoverPageProps) {
  const { installedBy, setInstalledBy, keep } = useInstaller();
  // An earlier run may be older than the license.
  useEffect(() => send('preflight.start'), []);
  return (
    <Page title={handoverWords.pageTitle} breadcrumb={false} takesFocus>
      <section className="card sheet-tools" aria-label={handoverWords.pageTitle}>
        <p>{handoverWords.explains}</p>
        <TextField
          name="installed-by"
          label={handoverWords.installedBy}
          hint={handoverWords.installedByHint}
          value={installedBy}
          onChange={setInstalledBy}
          onLeave={keep}
          maxLength={longestInstaller}
          optional
        />
        <CheckLine />
        <div className="step-actions">
          <Button look="primary" icon="print" busy={useRunning('print')} onPress={printPage}>
            {handoverWords.print}
          </Button>
          <Button icon="save" busy={useRunning('save_sheet')} onPress={() => saveFile('save_sheet')}>
            {handoverWords.savePdf}
          </Button>
          <Button icon="clock" busy={useRunning('save_calendar')} onPress={() => saveFile('save_calendar')}>
            {handoverWords.saveCalendar}
          </Button>
        </div>
        <p className="section-note">{handoverWords.calendarNote}</p>
      </section>
      <HandoverSheet license={license} profile={profile} installedBy={installedBy.trim()} />
    </Page>
  );
}

/**
 * The name in the field, which is saved while it is typed. `keep` saves it at once, and so does leaving the page or closing the
 * window: a menu key leaves the page, and the window can be closed, without leaving the field.
 */
function useInstaller() {
  const { read } = useMainRead(askInstaller);
  const [saver] = useState(() => new InstallerSaver(saveInstaller));
  const [shown, setShown] = useState<string | null>(null);
  const kept = read?.ok ? read.value.installedBy : null;
  useEffect(() => {
    if (kept !== null) saver.wasRead(kept);
  }, [saver, kept]);
  const setInstalledBy = (name: string) => {
    setShown(name);
    saver.typed(name);
  };
  const keep = useCallback(() => saver.saveNow(), [saver]);
  useEffect(() => {
    // Not a later event: main accepts no call from a page that is gone.
    addEventListener('beforeunload', keep);
    return () => {
      removeEventListener('beforeunload', keep);
      keep();
    };
  }, [keep]);
  return { installedBy: shown ?? kept ?? '', setInstalledBy, keep };
}

async function saveInstaller(installedBy: string): Promise<Result<null>> {
  const done = await call('handover.keep', { installedBy });
  if (!done.ok) toast(done, '');
  return done;
}

/** The progress of the checks that the sheet shows, with the buttons to cancel or repeat them. */
function CheckLine() {
  const { preflight } = useConsole().state;
  if (!preflight) return null;
  const isRunning = preflight.state === 'running';
  const [line = ''] = isRunning
    ? [preflightWords.running(preflight.results.length, checkCount(1))]
    : handoverWords.checks(preflight);
  return (
    <div className="step-actions">
      <span className="form-outcome">{line}</span>
      <Button look="quiet" onPress={() => send(isRunning ? 'preflight.cancel' : 'preflight.start')}>
        {isRunning ? preflightWords.cancel : preflightWords.again}
      </Button>
    </div>
  );
}
