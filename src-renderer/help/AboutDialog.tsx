import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { askOnce, useMainRead } from '../state/main-read.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { SupportContact } from './SupportContact.tsx';
import { SupportActions } from './SupportActions.tsx';

const askAbout = askOnce(() => call('support.about'));

/** What support asks for first, to copy. */
export default function AboutDialog({ onClosed }: { readonly onClosed: () => void }) {
  const { read } = useMainRead(askAbout);
  return (
    <ModalDialog heading={words.about.heading} onClosed={onClosed}>
      {(close) => (
        <>
          {read?.ok ? (
            <dl className="fields">
              {words.about.screenRows(read.value).map(([label, value]) => (
                <div className="field" key={label}>
                  <dt>{label}</dt>
                  <dd>
                    <span className="field-value">{value}</span>
                  </dd>
                </div>
              ))}
            </dl>
          ) : null}
          {read?.ok === false ? <FailureNotice failure={read.failure} /> : null}
          <SupportContact />
          <SupportActions />
          <div className="dialog-actions">
            <Button look="primary" onPress={close}>
              {words.about.close}
            </Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
