import { describe, expect, it } from 'vitest';
import {
  type BoardQuestion,
  boardLines,
  canSeek,
  foundRows,
  whyNothingFound,
} from '../../../../src-renderer/board/board-list.ts';
import type { BoardRow } from '../../../../src-shared/servers/board.ts';

const all: BoardQuestion = {
  search: '',
  filter: 'all',
  edition: 'any',
  sort: { by: 'action', descending: false },
  grouped: false,
};
const rowOf = (id: string, changes: Partial<BoardRow> = {}): BoardRow => ({
  kind: 'own',
  id,
  name: `Store ${id}`,
  edition: 'store',
  environment: null,
  status: 'licensed',
  tone: 'good',
  action: null,
  urgency: 4,
  archived: false,
  ...changes,
});
const rows = [
  rowOf('10', { action: 'renew', status: 'requires_renewal', organization: 'Café Nord', note: 'Rack in the cellar' }),
  rowOf('2', { edition: 'corporate', serverId: 'AB-12', organization: 'Market Hall' }),
  rowOf('1', { hub: { name: 'Corporate 7', url: 'https://corp7.example' }, organization: 'Café Nord' }),
  rowOf('30', { archived: true }),
  rowOf('31', { archived: true, action: 'reacquire', status: 'expired' }),
];
const idsOf = (question: Partial<BoardQuestion>) => foundRows(rows, { ...all, ...question }).map(({ id }) => id);

describe('the search of the board', () => {
  it.each([
    ['cafe', ['10', '1']],
    ['ab-12', ['2']],
    ['CORPORATE 7', ['1']],
    ['corp7', ['1']],
    ['cellar rack', ['10']],
    ['store 10', ['10']],
    ['nothing', []],
    ['', ['10', '2', '1']],
  ])('looks for “%s” in name, organization, Server ID, hub server and note', (search, ids) => {
    expect(idsOf({ search })).toEqual(ids);
  });

  it('lists archived servers separately, but those that need action with the others that do', () => {
    expect(idsOf({ filter: 'archived' })).toEqual(['30', '31']);
    expect(idsOf({ filter: 'action' })).toEqual(['10', '31']);
    expect(idsOf({ edition: 'corporate' })).toEqual(['2']);
  });

  it('sorts by each column in both directions, and equal rows by urgency', () => {
    expect(idsOf({ sort: { by: 'name', descending: false } })).toEqual(['1', '2', '10']);
    expect(idsOf({ sort: { by: 'name', descending: true } })).toEqual(['10', '2', '1']);
    expect(idsOf({ sort: { by: 'action', descending: true } })).toEqual(['1', '2', '10']);
    expect(idsOf({ sort: { by: 'status', descending: true } })).toEqual(['2', '1', '10']);
    expect(idsOf({ sort: { by: 'token', descending: false } })).toEqual(['10', '2', '1']);
  });

  it('sorts by the dates of both clocks, licenses without such a date last', () => {
    const licensed = (id: string, renewal: number | undefined, token: number) =>
      rowOf(id, {
        license: {
          details: {},
          evaluation: {
            renewal: renewal === undefined ? { state: 'licensed' } : { state: 'licensed', warnsAt: 0, endsAt: renewal },
            token: { state: 'fine', issuedAt: 0, warnsAt: 0, expiresAt: token },
            judgedAt: 0,
          },
        },
      });
    const dated = [licensed('a', undefined, 3), licensed('b', 20, 2), licensed('c', 10, 9)];
    const by = (column: 'renewal' | 'token') =>
      foundRows(dated, { ...all, sort: { by: column, descending: false } }).map(({ id }) => id);
    expect(by('renewal')).toEqual(['c', 'b', 'a']);
    expect(by('token')).toEqual(['b', 'a', 'c']);
  });

  it('groups by organization, with the group of the first row first', () => {
    const lines = boardLines(foundRows(rows, all), true);
    expect(lines.map((line) => (line.is === 'group' ? `${line.name} ${line.count}` : line.row.id))).toEqual([
      'Café Nord 2',
      '10',
      '1',
      'Market Hall 1',
      '2',
    ]);
    expect(boardLines([rowOf('5')], true)[0]).toMatchObject({ is: 'group', name: 'Organization not known' });
  });
});

describe('when nothing is found', () => {
  const shown = rowOf('1');
  const archived = rowOf('2', { archived: true });

  it.each([
    ['no_servers', [], {}],
    ['no_servers', [], { filter: 'archived', search: 'store' }],
    ['no_match', [shown], { search: 'nowhere', filter: 'action' }],
    ['no_match', [shown], { edition: 'cloud', filter: 'archived' }],
    ['none_archived', [shown], { filter: 'archived' }],
    ['all_archived', [archived], { search: ' ' }],
    ['none_needs_action', [shown], { filter: 'action' }],
  ] as const)('the cause is %s', (cause, of, changes) => {
    const question = { ...all, ...changes };
    expect(foundRows(of, question)).toEqual([]);
    expect(whyNothingFound(of, question)).toBe(cause);
  });

  it('a person can search archived servers, but not a list of one server', () => {
    expect([[], [shown], [archived], [shown, archived], [shown, shown]].map(canSeek)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});
