import { type FormEvent, useRef, useState } from 'react';
import { type ReadAddress, readAddress } from '../../src-shared/servers/authorization-server-address.ts';
import { settingLengths } from '../../src-shared/servers/server-profile.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { FailureNotice, offersLaptop } from '../failure/FailureNotice.tsx';
import { needsOutsideStep } from '../failure/remedies.ts';
import { announce } from '../state/announcer.ts';
import { Button, SubmitButton } from '../controls/Button.tsx';
import { UseLaptopButton } from '../laptop/UseLaptopButton.tsx';
import { AdvancedSettings } from './AdvancedSettings.tsx';
import { EditionChoice } from './EditionChoice.tsx';
import { movedDraft, type ProfileDraft, savedName, withCode } from '../../src-shared/servers/profile-draft.ts';
import { readSettingsCode } from '../../src-shared/servers/settings-code.ts';
import { type KeepCall, useProfileSubmission } from './profile-submission.ts';
import { TextField } from '../controls/TextField.tsx';

interface ServerProfileFormProps {
  readonly initial: ProfileDraft;
  /** The call that saves: it changes this server or adds another one. */
  readonly keep: KeepCall;
  readonly submitLabel: string;
  /** There is a license, so the Authorization server and the client it came from cannot be changed. */
  readonly isInUse?: boolean;
  /** At the first run. `helps`: the address is checked through the laptop, after the person there has confirmed it. */
  readonly laptop?: 'offered' | 'helps' | undefined;
  /** Called with the name of the saved server, instead of saying here that it was saved. */
  readonly onKept?: (serverName: string) => void;
  /** The first field gets the focus when the page opens. */
  readonly takesFocus?: boolean;
  /** The form is in a dialog, and this closes it. */
  readonly onCancel?: () => void;
}

/** The settings of a server. The same form is used at the first run and in Settings. */
export function ServerProfileForm(props: ServerProfileFormProps) {
  const { initial, keep, submitLabel, isInUse = false, takesFocus = false, laptop, onKept, onCancel } = props;
  const [draft, setDraft] = useState(initial);
  const [before, setBefore] = useState(initial);
  const [read, setRead] = useState<ReadAddress | null>(null);
  /** The settings that were scanned last. */
  const [scanned, setScanned] = useState<ProfileDraft | null>(null);
  const form = useRef<HTMLFormElement>(null);
  /** Only a new server can wait for its first contact. A known one keeps the settings that work. */
  const isNew = typeof keep === 'string';
  const { checking, saved, troubles, failure, submit, touch } = useProfileSubmission(keep, onCancel !== undefined);
  const change = (changed: Partial<ProfileDraft>) => {
    setDraft({ ...draft, ...changed });
    touch();
  };
  if (differs(before, initial)) {
    // The settings were changed elsewhere, for example in a terminal. The form must not restore the earlier ones.
    setBefore(initial);
    setDraft(movedDraft(draft, before, initial));
  }
  /** A scanner types the whole code of a handover sheet into the field with the focus, which is the first one. */
  const changeIssuer = (issuer: string) => {
    const settings = readSettingsCode(issuer);
    if (!settings) return change({ issuer });
    const filled = withCode(draft, settings);
    setScanned(filled);
    announce(words.profileForm.codeRead(filled.serverName));
    change(filled);
  };
  const complete = (): ProfileDraft => {
    const understood = readAddress(draft.issuer);
    if (understood.changes.length === 0) return draft;
    setRead(understood);
    announce(words.profileForm.addressRead(understood));
    const completed = { ...draft, issuer: understood.address };
    setDraft(completed);
    return completed;
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void save({ unchecked: laptop === 'helps' });
  };
  const save = async (how?: { readonly unchecked: boolean }) => {
    if (checking) return;
    announce(words.profileForm.checking);
    const completed = complete();
    const issuer = await submit(completed, how);
    if (issuer === null) return void requestAnimationFrame(() => focusTrouble(form.current));
    // Keeps what the person typed while the address was checked.
    setDraft((now) => (now.issuer === completed.issuer ? { ...now, issuer } : now));
    if (onKept) return onKept(savedName(completed));
    return announce(words.profileForm.saved);
  };
  return (
    <form className={onCancel ? 'form dialog-form' : 'form'} ref={form} noValidate onSubmit={onSubmit}>
      <TextField
        name="issuer"
        label={words.profileForm.issuer}
        value={draft.issuer}
        inputMode="url"
        maxLength={settingLengths.issuer}
        hint={
          isInUse
            ? words.profileForm.fixed
            : scanned?.issuer === draft.issuer
              ? words.profileForm.codeRead(scanned.serverName)
              : read?.address === draft.issuer
                ? words.profileForm.addressRead(read)
                : words.profileForm.issuerHint
        }
        fixed={isInUse}
        takesFocus={takesFocus}
        trouble={troubles.issuer}
        onChange={changeIssuer}
        onLeave={complete}
        below={
          failure?.about === 'issuer' ? (
            <>
              <SubmissionFailure failure={failure.failure} />
              {isNew && failure.failure.remedy === 'check_connection' ? (
                <p className="step-actions">
                  <Button look="standard" onPress={() => void save({ unchecked: true })}>
                    {words.profileForm.continueUnchecked}
                  </Button>
                  <span className="form-outcome">{words.profileForm.uncheckedHint}</span>
                </p>
              ) : null}
            </>
          ) : null
        }
      />
      <EditionChoice value={draft.edition} trouble={troubles.edition} onChange={(edition) => change({ edition })} />
      <TextField
        name="serverName"
        label={words.profileForm.serverName}
        value={draft.serverName}
        maxLength={settingLengths.serverName}
        hint={words.profileForm.serverNameHint}
        optional
        trouble={troubles.serverName}
        onChange={(serverName) => change({ serverName })}
      />
      <AdvancedSettings draft={draft} troubles={troubles} isInUse={isInUse} change={change} />
      {failure?.about === 'settings' ? <SubmissionFailure failure={failure.failure} /> : null}
      <div className="form-actions">
        <SubmitButton busy={checking}>{checking ? words.profileForm.busy : submitLabel}</SubmitButton>
        {laptop === 'offered' && !offersLaptop(failure?.failure) ? <UseLaptopButton /> : null}
        {onCancel ? <Button onPress={onCancel}>{words.servers.cancel}</Button> : null}
        <span className="form-outcome">
          {checking
            ? words.profileForm.checking
            : saved
              ? words.profileForm.saved
              : laptop === 'helps'
                ? words.profileForm.throughLaptop
                : ''}
        </span>
      </div>
    </form>
  );
}

function differs(one: ProfileDraft, another: ProfileDraft): boolean {
  return Object.entries(one).some(([field, value]) => value !== another[field as keyof ProfileDraft]);
}

/** The form's own button checks again, so the notice has a button only for a remedy outside this form. */
function SubmissionFailure({ failure }: { readonly failure: Failure }) {
  const here = failure.remedy === 'edit_settings' || failure.remedy === 'try_again';
  return here && !needsOutsideStep(failure) ? (
    <FailureNotice failure={failure} action={null} />
  ) : (
    <FailureNotice failure={failure} look="standard" />
  );
}

/** Moves the focus to the first invalid field, or else to the notice about the failure. */
function focusTrouble(form: HTMLFormElement | null): void {
  const troubled =
    form?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? form?.querySelector<HTMLElement>('.notice');
  troubled?.closest('details')?.setAttribute('open', '');
  (troubled?.querySelector('input') ?? troubled)?.focus();
}
