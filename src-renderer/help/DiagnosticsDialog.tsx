import { useCallback, useEffect, useState } from 'react';
import type { DiagnosticsFileView, DiagnosticsView } from '../../src-shared/support/diagnostics-view.ts';
import { type Failure, failure as failureOf } from '../../src-shared/result.ts';
import { diagnosticsWords } from '../../src-shared/words/diagnostics-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { sayExport } from '../state/exports.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { DiagnosticsText } from './DiagnosticsText.tsx';

/** Collects the diagnostics, shows what is in each of their files, and saves them. */
export default function DiagnosticsDialog({ onClosed }: { readonly onClosed: () => void }) {
  const { view, collect } = useCollected();
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async (close: () => void) => {
    setFailure(null);
    setSaving(true);
    const saved = await call('diagnostics.save');
    setSaving(false);
    if (!saved.ok) return setFailure(saved.failure);
    if (saved.value.state === 'cancelled') return undefined;
    close();
    return sayExport(saved);
  };
  return (
    <ModalDialog
      heading={diagnosticsWords.heading}
      explains={<p>{diagnosticsWords.explains}</p>}
      onClosed={onClosed}
      wide
    >
      {(close) => (
        <>
          {view.state === 'collecting' ? <Progress view={view} /> : null}
          {view.state === 'failed' ? (
            <FailureNotice
              failure={view.failure}
              takesFocus
              action={<Button onPress={collect}>{words.remedyLabel('try_again')}</Button>}
            />
          ) : null}
          {failure ? <FailureNotice failure={failure} retry={() => void save(close)} pageHasRetry takesFocus /> : null}
          <output className="diagnostics-sum">{view.state === 'collected' ? sumOf(view.files) : ''}</output>
          {view.state === 'collected' ? <Files files={view.files} /> : null}
          <div className="dialog-actions">
            {view.state === 'collected' ? (
              <Button look="primary" busy={saving} onPress={() => void save(close)}>
                {saving ? diagnosticsWords.saving : diagnosticsWords.save}
              </Button>
            ) : null}
            <Button onPress={close}>
              {view.state === 'collecting' ? diagnosticsWords.cancel : diagnosticsWords.close}
            </Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}

const beginning: DiagnosticsView = { state: 'collecting', done: 0, total: 1 };

/** Lets the main process collect the diagnostics while the dialog is open. `collect` begins again after a failure. */
function useCollected(): { readonly view: DiagnosticsView; readonly collect: () => void } {
  const { diagnostics } = useConsole().state;
  const [failed, setFailed] = useState(false);
  const collect = useCallback(() => void call('diagnostics.collect').then((begun) => setFailed(!begun.ok)), []);
  useEffect(() => {
    collect();
    return () => send('diagnostics.end');
  }, [collect]);
  if (failed) return { view: { state: 'failed', failure: failureOf('internal_error') }, collect };
  return { view: diagnostics ?? beginning, collect };
}

function Progress({ view: { done, total } }: { readonly view: Extract<DiagnosticsView, { state: 'collecting' }> }) {
  return (
    <div className="diagnostics-progress">
      <p>{diagnosticsWords.collecting(done, total)}</p>
      <progress aria-label={diagnosticsWords.progress} value={done} max={total} />
      <p>{diagnosticsWords.takesLong}</p>
    </div>
  );
}

/** A screen reader announces it when it appears, but announces nothing outside the dialog. */
function sumOf(files: readonly DiagnosticsFileView[]): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return `${diagnosticsWords.collected} ${diagnosticsWords.sum(files.length, bytes)}`;
}

function Files({ files }: { readonly files: readonly DiagnosticsFileView[] }) {
  const [chosen, setChosen] = useState(files[0]?.name ?? '');
  const shown = files.find(({ name }) => name === chosen);
  return (
    <div className="diagnostics">
      <fieldset className="diagnostics-files">
        <legend className="visually-hidden">{diagnosticsWords.files}</legend>
        {files.map(({ name, bytes: size }) => (
          <label className="diagnostics-file" key={name}>
            <input type="radio" name="diagnostics-file" checked={name === chosen} onChange={() => setChosen(name)} />
            <span className="diagnostics-name">{name}</span>
            <span className="diagnostics-size">{diagnosticsWords.size(size)}</span>
          </label>
        ))}
      </fieldset>
      <div className="diagnostics-shown">
        {shown ? <p className="diagnostics-about">{diagnosticsWords.kinds[shown.kind]}</p> : null}
        <DiagnosticsText key={chosen} name={chosen} />
      </div>
    </div>
  );
}
