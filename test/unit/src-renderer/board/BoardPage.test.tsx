import { expect, it } from 'vitest';
import BoardPage from '../../../../src-renderer/board/BoardPage.tsx';
import { drawn } from '../../../fakes/drawn.tsx';
import { consoleStates } from '../../../gallery/console-states.ts';

it.each([
  ['first-run', 'Add a server'],
  ['many-servers', 'Add another server'],
] as const)('in the state %s its button reads “%s”', (state, label) => {
  const buttons = [...drawn(consoleStates[state], <BoardPage />).matchAll(/<button.*?<\/button>/gs)];
  expect(buttons.map(([html]) => html.replaceAll(/<[^>]+>/g, ''))).toEqual(['Export as CSV', label]);
});
