import { describe, expect, it } from 'vitest';
import { type HubNode, hubLines, hubTree } from '../../../../src-renderer/board/hub-tree.ts';
import type { BoardRow } from '../../../../src-shared/servers/board.ts';

const rowOf = (serverId: string, hub?: BoardRow['hub'], changes: Partial<BoardRow> = {}): BoardRow => ({
  kind: 'own',
  id: serverId,
  serverId,
  name: serverId,
  edition: 'store',
  environment: null,
  ...(hub ? { hub } : {}),
  status: 'licensed',
  tone: 'good',
  action: null,
  urgency: 4,
  archived: false,
  ...changes,
});
const drawn = (nodes: readonly HubNode[]): unknown[] =>
  nodes.map(({ name, children }) => (children.length === 0 ? name : [name, ...drawn(children)]));

describe('the tree of hub servers', () => {
  it('has Store under Corporate under Cloud, for any order of the rows', () => {
    const rows = [
      rowOf('store-1', { serverId: 'corp' }),
      rowOf('corp', { serverId: 'cloud' }),
      rowOf('alone'),
      rowOf('cloud'),
      rowOf('store-2', { serverId: 'corp' }),
    ];
    expect(drawn(hubTree(rows))).toEqual(['alone', ['cloud', ['corp', 'store-1', 'store-2']]]);
  });

  it('has a hub server that is not on the list once, without a row', () => {
    const tree = hubTree([
      rowOf('store-1', { serverId: 'c7', name: 'Corporate 7' }),
      rowOf('store-2', { serverId: 'c7', name: 'Corporate 7' }),
    ]);
    expect(drawn(tree)).toEqual([['Corporate 7', 'store-1', 'store-2']]);
    expect(tree[0]?.row).toBeNull();
  });

  it('recognizes a hub server without Server ID by its name in the same organization', () => {
    const corporate = rowOf('x1', undefined, { name: 'Corporate 1', organization: 'A' });
    const store = (organization: string) => rowOf(`s${organization}`, { name: 'CORPORATE-1' }, { organization });
    expect(drawn(hubTree([corporate, store('A'), store('B')]))).toEqual([
      ['CORPORATE-1', 'sB'],
      ['Corporate 1', 'sA'],
    ]);
  });

  it('breaks a cycle, and has every server once', () => {
    const tree = hubTree([rowOf('a', { serverId: 'b' }), rowOf('b', { serverId: 'a' }), rowOf('c', { serverId: 'c' })]);
    expect(drawn(tree)).toEqual([['b', 'a'], 'c']);
  });

  it('has lines with their depth, their position, and which lines continue below', () => {
    const tree = hubTree([
      rowOf('cloud'),
      rowOf('corp-1', { serverId: 'cloud' }),
      rowOf('corp-2', { serverId: 'cloud' }),
      rowOf('store-1', { serverId: 'corp-1' }),
    ]);
    const lines = hubLines(tree, new Set());
    expect(lines.map(({ node, level, place, places }) => [node.name, level, place, places])).toEqual([
      ['cloud', 1, 1, 1],
      ['corp-1', 2, 1, 2],
      ['store-1', 3, 1, 1],
      ['corp-2', 2, 2, 2],
    ]);
    expect(lines[2]?.goesOn).toEqual([false, true]);
    expect(hubLines(tree, new Set(['own.corp-1'])).map(({ node }) => node.name)).toEqual(['cloud', 'corp-1', 'corp-2']);
    expect(lines.map(({ isOpen }) => isOpen)).toEqual([true, true, undefined, undefined]);
  });
});
