import type { BoardRow } from '../../src-shared/servers/board.ts';
import { comparableName } from '../../src-shared/servers/server-name.ts';
import { rowKey } from './board-list.ts';

/** A server with the servers that connect to it. Without a row, it is a hub server that this console does not know. */
export interface HubNode {
  readonly key: string;
  readonly name: string;
  readonly row: BoardRow | null;
  readonly children: readonly HubNode[];
}

/** A node on the screen: its depth from 1 on, and its place among those that connect to the same server. */
export interface HubLine {
  readonly node: HubNode;
  readonly level: number;
  readonly place: number;
  readonly places: number;
  /** Undefined if nothing connects to it. */
  readonly isOpen: boolean | undefined;
  /** For each level above: does its line continue below? */
  readonly goesOn: readonly boolean[];
}

interface Growing {
  readonly key: string;
  readonly name: string;
  readonly row: BoardRow | null;
  readonly children: Growing[];
}

/** The servers under the hub server that each connects to: Store, Corporate, Cloud. A cycle of hub servers is cut at its first row. */
export function hubTree(rows: readonly BoardRow[]): readonly HubNode[] {
  const nodes = rows.map((row): Growing => ({ key: rowKey(row), name: row.name, row, children: [] }));
  const byServerId = new Map<string, Growing>();
  const byName = new Map<string, Growing>();
  for (const node of nodes) {
    if (node.row?.serverId !== undefined) byServerId.set(node.row.serverId, node);
    byName.set(nameKey(node.row?.organization, node.name), node);
  }
  const unknown = new Map<string, Growing>();
  const parents = new Map<Growing, Growing>();
  for (const node of nodes) {
    const hub = node.row && hubOf(node.row, byName, byServerId, unknown);
    if (hub && !isUnder(hub, node, parents)) parents.set(node, hub);
  }
  for (const [node, hub] of parents) hub.children.push(node);
  return [...unknown.values(), ...nodes].filter((node) => !parents.has(node));
}

const nameKey = (organization: string | undefined, name: string): string => `${organization} ${comparableName(name)}`;

/** By its Server ID if the license gives one, otherwise by its name. */
function hubOf(
  { hub, organization }: BoardRow,
  byName: ReadonlyMap<string, Growing>,
  byServerId: ReadonlyMap<string, Growing>,
  unknown: Map<string, Growing>,
): Growing | null {
  const { serverId, name, url } = hub ?? {};
  const called = name ?? url ?? serverId;
  if (called === undefined) return null;
  const known = serverId === undefined ? byName.get(nameKey(organization, called)) : byServerId.get(serverId);
  if (known) return known;
  const key = `unknown.${serverId ?? `${organization} ${called}`}`;
  const made = unknown.get(key) ?? { key, name: called, row: null, children: [] };
  unknown.set(key, made);
  return made;
}

/** Is `node` the other one, or an ancestor of it? */
function isUnder(node: Growing, other: Growing, parents: ReadonlyMap<Growing, Growing>): boolean {
  let at: Growing | undefined = node;
  while (at && at !== other) at = parents.get(at);
  return at === other;
}

/** The nodes on the screen, from the top. What connects to a closed node is left out. */
export function hubLines(
  nodes: readonly HubNode[],
  closed: ReadonlySet<string>,
  goesOn: readonly boolean[] = [],
): readonly HubLine[] {
  return nodes.flatMap((node, index): readonly HubLine[] => {
    const isOpen = node.children.length === 0 ? undefined : !closed.has(node.key);
    const line = { node, level: goesOn.length + 1, place: index + 1, places: nodes.length, isOpen, goesOn };
    return isOpen ? [line, ...hubLines(node.children, closed, [...goesOn, index < nodes.length - 1])] : [line];
  });
}
