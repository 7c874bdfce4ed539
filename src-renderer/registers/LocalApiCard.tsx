import {
  defaultTcpPort,
  expiredPeerRules,
  type LocalApiView,
  localApiTrouble,
} from '../../src-shared/registers/local-api-view.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { ChoiceCards } from '../controls/ChoiceCards.tsx';
import { CopyButton } from '../controls/CopyButton.tsx';
import { Icon } from '../controls/Icon.tsx';
import { SwitchRow } from '../settings/SwitchRow.tsx';
import type { LocalApiChange } from './local-api-change.ts';
import { TcpPort } from './TcpPort.tsx';

/** The id of the heading, which can take the focus. */
export const apiHeadingId = 'registers-api';

const stateIcons = { off: 'none', starting: 'clock', listening: 'good' } as const;

interface LocalApiCardProps {
  readonly view: LocalApiView;
  readonly changes: LocalApiChange;
}

/** Whether and where programs on this computer can call the license API, and how it answers about peers with expired licenses. */
export function LocalApiCard({ view, changes }: LocalApiCardProps) {
  const { settings } = view;
  const { localApi } = words;
  return (
    <section className="card page-card api-card" aria-labelledby={apiHeadingId}>
      <h2 className="section-heading" id={apiHeadingId} tabIndex={-1}>
        {localApi.heading}
      </h2>
      <SwitchRow
        label={localApi.on}
        note={localApi.onNote}
        on={settings.on}
        onChange={(on) => changes.change({ ...settings, on }, on ? localApi.switchedOn : localApi.switchedOff)}
      />
      {view.state === 'failed' ? null : (
        <p className="api-state" data-state={view.state}>
          <Icon name={stateIcons[view.state]} />
          {localApi.states[view.state]}
        </p>
      )}
      <ApiFailure view={view} changes={changes} />
      {settings.on ? (
        <>
          <Addresses view={view} />
          <SwitchRow
            label={localApi.tcpOn}
            note={localApi.tcpNote}
            on={settings.tcpPort !== null}
            onChange={(on) =>
              changes.change(
                { ...settings, tcpPort: on ? defaultTcpPort : null },
                on ? localApi.tcpSwitchedOn : localApi.tcpSwitchedOff,
              )
            }
          />
          {settings.tcpPort === null ? null : <TcpPort settings={settings} port={settings.tcpPort} changes={changes} />}
          <ExpiredPeers view={view} changes={changes} />
        </>
      ) : null}
    </section>
  );
}

/** The current failure of the local license API, or else why the last change was not saved. */
function ApiFailure({ view, changes }: LocalApiCardProps) {
  const { settings, state } = view;
  // If nothing is open, the port is not the cause.
  const isPort = state !== 'failed' && settings.tcpPort !== null;
  const failure = view.failure ?? changes.failure;
  if (!failure) return null;
  const isOfChange = failure.remedy !== 'open_registers';
  const again = () => changes.change(settings, words.localApi.switchedOn);
  return (
    <FailureNotice
      failure={failure}
      tone={localApiTrouble(view)?.tone ?? 'caution'}
      action={
        isOfChange ? undefined : (
          <>
            {isPort ? (
              <Button look="primary" onPress={focusPort}>
                {words.localApi.choosePort}
              </Button>
            ) : null}
            <Button look={isPort ? 'standard' : 'primary'} busy={changes.changing} onPress={again}>
              {words.localApi.tryAgain}
            </Button>
          </>
        )
      }
    />
  );
}

/** Moves the focus to the failure that the card shows. */
export function focusApiFailure(): void {
  document.querySelector<HTMLElement>('.api-card [data-failure-code]')?.focus();
}

function focusPort(): void {
  document.querySelector<HTMLInputElement>('input[name="tcpPort"]')?.focus();
}

function Addresses({ view: { socket, tcp } }: Pick<LocalApiCardProps, 'view'>) {
  if (socket === '' && !tcp) return null;
  return (
    <div>
      <dl className="fields">
        {socket === '' ? null : <Address label={words.localApi.socket} value={socket} of="socket" />}
        {tcp ? <Address label={words.localApi.tcp} value={`${tcp.host}:${tcp.port}`} of="tcp" /> : null}
      </dl>
      <p className="form-hint">{words.localApi.addressNote}</p>
    </div>
  );
}

interface AddressProps {
  readonly label: string;
  readonly value: string;
  readonly of: 'socket' | 'tcp';
}

function Address({ label, value, of }: AddressProps) {
  return (
    <div className="field">
      <dt>{label}</dt>
      <dd>
        <code className="field-value">{value}</code>
        <CopyButton
          label={words.localApi.copyAddress(label)}
          copied={words.localApi.addressCopied(label)}
          copy={() => call('local_api.copy_address', { of })}
        />
      </dd>
    </div>
  );
}

const ruleChoices = expiredPeerRules.map((value) => ({ value, ...words.localApi.expired[value] }));

function ExpiredPeers({ view: { settings }, changes }: LocalApiCardProps) {
  const { expiredLegend, expiredHint, expiredKept } = words.localApi;
  return (
    <ChoiceCards
      kind="radio"
      name="expired-peers"
      legend={expiredLegend}
      hint={expiredHint}
      choices={ruleChoices}
      chosen={[settings.expiredPeers]}
      onChange={([rule]) => rule && changes.change({ ...settings, expiredPeers: rule }, expiredKept)}
    />
  );
}
