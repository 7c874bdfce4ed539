import { memo, type ReactNode } from 'react';
import { hostOfIssuer } from '../../src-shared/servers/authorization-server-address.ts';
import type { BoardRow } from '../../src-shared/servers/board.ts';
import { statusIcon } from '../../src-shared/license/status-tone.ts';
import { words } from '../../src-shared/words/words.ts';
import { Icon } from '../controls/Icon.tsx';
import type { RowAct } from './row-question.ts';

/** What a person can do with a row. */
export interface RowActs {
  readonly open: (row: BoardRow) => void;
  readonly ask: (to: RowAct, row: BoardRow) => void;
  readonly unarchive: (row: BoardRow) => void;
}

interface ServerCellsProps {
  readonly row: BoardRow;
  readonly nowAt: number;
  readonly acts: RowActs;
  /** Tab reaches its buttons. */
  readonly isActive: boolean;
  /** Its details are shown. */
  readonly isOpen: boolean;
  readonly onToggle: (row: BoardRow) => void;
}

/** The cells of one server. They are drawn again only if something in them changes, and not when the list scrolls. */
export const ServerCells = memo(function ServerCells(props: ServerCellsProps) {
  const { row, nowAt, acts, isActive, isOpen, onToggle } = props;
  const { license, action } = row;
  const said = words.board;
  const clocks = license && said.clocks(license, nowAt);
  const tabIndex = isActive ? 0 : -1;
  const isOwn = row.kind === 'own';
  return (
    <>
      <td className="board-name">
        {isOwn ? (
          <button type="button" className="board-open" tabIndex={tabIndex} onClick={() => acts.open(row)}>
            {row.name}
          </button>
        ) : (
          <span className="board-open">{row.name}</span>
        )}
        <EnvironmentBadge row={row} />
        {row.archived ? <span className="badge">{said.archivedMark}</span> : null}
        <p className="board-small">{aboutOf(row)}</p>
        {row.reportedAt === undefined ? null : <p className="board-small">{said.asOf(row.reportedAt, nowAt)}</p>}
        {row.note ? (
          <p className="board-note" title={row.note}>
            {row.note}
          </p>
        ) : null}
      </td>
      <td className="board-status">
        <Icon name={statusIcon(row.tone)} />
        <div>
          <p className="board-status-name">{said.statuses[row.status]}</p>
          <p className="board-small">{said.concern(row.cause)}</p>
        </div>
      </td>
      <ClockCell label={said.columns.renewal} words={clocks?.renewal} />
      <ClockCell label={said.columns.token} words={clocks?.token} />
      <td className="board-action">
        {action === null ? (
          <span className="board-small">{said.noAction}</span>
        ) : isOwn ? (
          <button
            type="button"
            className="button"
            data-look="standard"
            tabIndex={tabIndex}
            onClick={() => acts.open(row)}
          >
            <span>{said.actions[action]}</span>
          </button>
        ) : (
          said.actions[action]
        )}
      </td>
      <td className="board-more">
        <button
          type="button"
          className="peer-more"
          tabIndex={tabIndex}
          aria-expanded={isOpen}
          onClick={() => onToggle(row)}
        >
          {said.details}
          <span className="visually-hidden">{said.detailsOf(row.name)}</span>
        </button>
        {isOpen ? <ServerDetails row={row} acts={acts} /> : null}
      </td>
    </>
  );
});

/** Edition, organization and Authorization server, as far as they are known. */
function aboutOf({ edition, organization, issuer }: BoardRow): string {
  const parts = [words.frame.editions[edition], organization, issuer && hostOfIssuer(issuer)];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** Nobody may mistake a server for tests for one in production. */
export function EnvironmentBadge({ row: { environment } }: { readonly row: BoardRow }) {
  if (!environment) return null;
  const { label, note } = words.frame.environments[environment];
  return (
    <span
      className="badge board-environment"
      data-tone={environment === 'sandbox' ? 'caution' : undefined}
      title={note}
    >
      {label}
    </span>
  );
}

interface ClockCellProps {
  readonly label: string;
  readonly words: { readonly headline: string; readonly detail: string; readonly whole: string } | undefined;
}

function ClockCell({ label, words: clock }: ClockCellProps) {
  return (
    <td className="board-clock">
      <span className="board-clock-label" aria-hidden="true">
        {label}
      </span>
      {clock ? (
        <>
          <p title={clock.whole}>{clock.headline}</p>
          <p className="board-small">{clock.detail}</p>
        </>
      ) : (
        <p className="board-small">{words.board.noClock}</p>
      )}
    </td>
  );
}

/** The details that do not fit into the row, and the actions for the server. */
function ServerDetails({ row, acts }: Pick<ServerCellsProps, 'row' | 'acts'>) {
  const said = words.board;
  const { fieldLabels } = words.license;
  const act = (label: string, onPress: () => void, look = 'standard'): ReactNode => (
    <button type="button" className="button" data-look={look} onClick={onPress}>
      <span>{label}</span>
    </button>
  );
  return (
    <div className="board-details">
      <dl className="fields">
        <Fact label={said.userCode} value={row.userCode} />
        <Fact label={fieldLabels.serverId} value={row.serverId} />
        <Fact label={fieldLabels.hubName} value={row.hub?.name} />
        <Fact label={fieldLabels.hubUrl} value={row.hub?.url} />
        <Fact label={said.version} value={row.consoleVersion} />
        <Fact label={words.frame.failureCode} value={row.failureCode} />
        <Fact label={said.note} value={row.note} />
      </dl>
      <div className="step-actions">
        {act(said.editNote, () => acts.ask('note', row))}
        {row.kind === 'own' ? act(said.rename, () => acts.ask('rename', row)) : null}
        {row.archived
          ? act(said.unarchive, () => acts.unarchive(row))
          : act(said.archive, () => acts.ask('archive', row))}
        {act(said.forget, () => acts.ask('forget', row), 'danger')}
      </div>
    </div>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string | undefined }) {
  return value === undefined ? null : (
    <div className="field">
      <dt>{label}</dt>
      <dd>
        <span className="field-value">{value}</span>
      </dd>
    </div>
  );
}
