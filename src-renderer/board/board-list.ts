import { type BoardRow, needsAction } from '../../src-shared/servers/board.ts';
import { compareNames } from '../../src-shared/text/name-order.ts';
import type { Edition } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { hasEveryWord, plainText } from '../frame/search.ts';

export type BoardFilter = 'action' | 'all' | 'archived';

export const boardColumns = ['name', 'status', 'renewal', 'token', 'action'] as const;
export type BoardColumn = (typeof boardColumns)[number];

/** `action` sorts by urgency: that is the order in which the actions should be done. */
export interface BoardSort {
  readonly by: BoardColumn;
  readonly descending: boolean;
}

export interface BoardQuestion {
  readonly search: string;
  readonly filter: BoardFilter;
  readonly edition: Edition | 'any';
  readonly sort: BoardSort;
  readonly grouped: boolean;
}

/** A line of the list: a server, or the organization of the servers below it. */
export type BoardLine =
  | { readonly is: 'server'; readonly row: BoardRow }
  | { readonly is: 'group'; readonly name: string; readonly count: number };

export const rowKey = ({ kind, id }: Pick<BoardRow, 'kind' | 'id'>): string => `${kind}.${id}`;

/** Whether a row passes a filter. An archived server that needs action passes the filter for those. */
export function passes(row: BoardRow, filter: BoardFilter): boolean {
  if (filter === 'action') return needsAction(row);
  return row.archived === (filter === 'archived');
}

const searched = new WeakMap<BoardRow, string>();

/** The text in which a server is searched. It is made once for each row. */
function searchText(row: BoardRow): string {
  const known = searched.get(row);
  if (known !== undefined) return known;
  const { name, organization, serverId, hub, note, issuer, userCode } = row;
  const texts = [name, organization, serverId, hub?.name, hub?.url, hub?.serverId, note, issuer, userCode];
  const text = plainText(texts.filter((each) => each !== undefined).join(' \n '));
  searched.set(row, text);
  return text;
}

/** The rows that match, sorted as chosen. The given rows are most urgent first, and rows that are otherwise equal stay in that order. */
export function foundRows(rows: readonly BoardRow[], { search, filter, edition, sort }: BoardQuestion): BoardRow[] {
  const wanted = plainText(search);
  const found = rows.filter(
    (row) =>
      passes(row, filter) &&
      (edition === 'any' || row.edition === edition) &&
      (wanted === '' || hasEveryWord(searchText(row), wanted)),
  );
  if (sort.by === 'action') return sort.descending ? found.toReversed() : found;
  const compare = comparisons[sort.by];
  return found.toSorted((one, other) => (sort.descending ? compare(other, one) : compare(one, other)));
}

/** Is there anything to search or filter? */
export function canSeek(rows: readonly BoardRow[]): boolean {
  return rows.length > 1 || rows.some(({ archived }) => archived);
}

export type NothingFoundCause = 'no_servers' | 'no_match' | 'none_archived' | 'all_archived' | 'none_needs_action';

/** Why no row matches. */
export function whyNothingFound(rows: readonly BoardRow[], question: BoardQuestion): NothingFoundCause {
  if (rows.length === 0) return 'no_servers';
  if (plainText(question.search) !== '' || question.edition !== 'any') return 'no_match';
  if (question.filter === 'archived') return 'none_archived';
  return question.filter === 'all' ? 'all_archived' : 'none_needs_action';
}

/** The lines of the list. The group with the first row comes first. */
export function boardLines(rows: readonly BoardRow[], grouped: boolean): readonly BoardLine[] {
  if (!grouped) return rows.map((row) => ({ is: 'server', row }));
  const groups = new Map<string, BoardRow[]>();
  for (const row of rows) {
    const name = row.organization ?? words.board.noOrganization;
    const members = groups.get(name);
    if (members) members.push(row);
    else groups.set(name, [row]);
  }
  return [...groups].flatMap(([name, members]): BoardLine[] => [
    { is: 'group', name, count: members.length },
    ...members.map((row): BoardLine => ({ is: 'server', row })),
  ]);
}

const statusOrder: readonly BoardRow['status'][] = [
  'expired',
  'requires_renewal',
  'acquisition_failed',
  'not_licensed',
  'awaiting_authorization',
  'licensed',
];
/** A license without that date never ends: it comes last. */
const renewalOf = ({ license }: BoardRow): number => license?.evaluation.renewal.endsAt ?? Number.MAX_SAFE_INTEGER;
const tokenOf = ({ license }: BoardRow): number => license?.evaluation.token.expiresAt ?? Number.MAX_SAFE_INTEGER;

const comparisons: Record<Exclude<BoardColumn, 'action'>, (one: BoardRow, other: BoardRow) => number> = {
  name: (one, other) => compareNames(one.name, other.name),
  status: (one, other) => statusOrder.indexOf(one.status) - statusOrder.indexOf(other.status),
  renewal: (one, other) => renewalOf(one) - renewalOf(other),
  token: (one, other) => tokenOf(one) - tokenOf(other),
};
