import { type KeyboardEvent, useMemo, useState } from 'react';
import type { BoardRow } from '../../src-shared/servers/board.ts';
import { statusIcon } from '../../src-shared/license/status-tone.ts';
import { words } from '../../src-shared/words/words.ts';
import { Icon } from '../controls/Icon.tsx';
import { EnvironmentBadge } from './ServerCells.tsx';
import { type HubLine, hubLines, hubTree } from './hub-tree.ts';
import { useWindowedLines } from './windowed-lines.ts';

interface ServerTreeProps {
  readonly rows: readonly BoardRow[];
  readonly onOpen: (row: BoardRow) => void;
}

const usualHeight = 40;

/** The servers under the hub server that each connects to, with lines between them. A screen reader gets a tree too. */
export function ServerTree({ rows, onOpen }: ServerTreeProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const tree = useMemo(() => hubTree(rows), [rows]);
  const lines = useMemo(() => hubLines(tree, closed), [tree, closed]);
  const { body, height, shown, active, setActive, focus, walk } = useWindowedLines<HTMLDivElement>({
    keys: lines.map(({ node }) => node.key),
    usualHeight,
    takesFocus: () => true,
  });
  const setOpen = ({ node }: HubLine, isOpen: boolean) => {
    const others = [...closed].filter((key) => key !== node.key);
    setClosed(new Set(isOpen ? others : [...others, node.key]));
  };
  const onKey = (event: KeyboardEvent<HTMLElement>, line: HubLine, index: number) => {
    if (walk(event)) return;
    if (event.key === 'Enter' && line.node.row?.kind === 'own') onOpen(line.node.row);
    else if (event.key === 'ArrowRight' && line.isOpen === false) setOpen(line, true);
    else if (event.key === 'ArrowRight' && line.isOpen) focus(index + 1);
    else if (event.key === 'ArrowLeft' && line.isOpen) setOpen(line, false);
    else if (event.key === 'ArrowLeft') focus(lines.findLastIndex((each, at) => at < index && each.level < line.level));
    else return;
    event.preventDefault();
  };
  const onClick = (target: EventTarget, line: HubLine) => {
    if (target instanceof Element && target.closest('.board-twig')) setOpen(line, !line.isOpen);
    else if (line.node.row) onOpen(line.node.row);
  };
  return (
    <div role="tree" className="board-tree" aria-label={words.board.treeLabel} ref={body} style={{ height: height }}>
      {shown.map(({ index, gap }) => {
        const line = lines[index];
        if (!line) return null;
        const isActive = index === active;
        return (
          <div
            key={line.node.key}
            role="treeitem"
            className="board-node"
            aria-level={line.level}
            aria-posinset={line.place}
            aria-setsize={line.places}
            aria-expanded={line.isOpen}
            aria-selected={isActive}
            data-index={index}
            data-tone={line.node.row?.tone}
            data-environment={line.node.row?.environment ?? undefined}
            tabIndex={isActive ? 0 : -1}
            style={{ marginBlockStart: gap }}
            onFocus={() => isActive || setActive(index)}
            onKeyDown={(event) => onKey(event, line, index)}
            onClick={({ target }) => onClick(target, line)}
          >
            <Lines line={line} />
            {line.isOpen === undefined ? null : (
              <span className="board-twig" aria-hidden="true">
                <Icon name={line.isOpen ? 'minus' : 'plus'} />
              </span>
            )}
            <NodeWords line={line} />
          </div>
        );
      })}
    </div>
  );
}

/** The lines from the hub servers above to this one. */
function Lines({ line: { goesOn, place, places } }: { readonly line: HubLine }) {
  return (
    <span className="board-lines" aria-hidden="true">
      {goesOn.map((_, depth) => {
        const own = place === places ? 'last' : 'branch';
        const above = goesOn[depth + 1] ? 'through' : 'none';
        // The depth is the only key that a line has.
        return <span key={`${depth}`} data-line={depth === goesOn.length - 1 ? own : above} />;
      })}
    </span>
  );
}

function NodeWords({ line: { node } }: { readonly line: HubLine }) {
  const { row } = node;
  const said = words.board;
  if (!row)
    return (
      <span className="board-node-words">
        <span className="board-node-name">{node.name}</span> <span className="board-small">{said.unknownHub}</span>
      </span>
    );
  return (
    <span className="board-node-words">
      <Icon name={statusIcon(row.tone)} />
      <span className={row.kind === 'own' ? 'board-node-name board-opens' : 'board-node-name'}>{row.name}</span>{' '}
      <span className="board-small">
        {words.frame.editions[row.edition]} · {said.statuses[row.status]}
        {row.action ? ` · ${said.actions[row.action]}` : ''}
      </span>{' '}
      <EnvironmentBadge row={row} />
    </span>
  );
}
