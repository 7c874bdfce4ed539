import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import BoardPage from '../../../../src-renderer/board/BoardPage.tsx';
import { readAhead } from '../../../../src-renderer/board/board-read.ts';
import type { BoardView } from '../../../../src-shared/servers/board.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { drawn } from '../../../fakes/drawn.tsx';
import { settled } from '../../../fakes/until.ts';
import { consoleStates } from '../../../gallery/console-states.ts';

const noServers: BoardView = { at: 0, rows: [] };
const call = vi.fn();
beforeEach(() => {
  call.mockReset();
  vi.stubGlobal('window', { licenseConsole: { call } });
});
afterEach(() => vi.unstubAllGlobals());

const page = () => drawn(consoleStates['first-run'], <BoardPage />);

it('a failure of the read before the page is open is not shown: the page reads for itself', async () => {
  call.mockResolvedValue(fail('internal_error'));
  const before = page();
  readAhead();
  await settled();
  expect(page()).toBe(before);
});

it('the page shows at once what was read before it is open, and that is read once at a time', async () => {
  call.mockResolvedValue(JSON.stringify(succeed(noServers)));
  expect(page()).not.toContain(words.board.nothingFound.no_servers);
  readAhead();
  readAhead();
  await settled();
  expect(call.mock.calls).toEqual([['board.read', undefined, null]]);
  expect(page()).toContain(words.board.nothingFound.no_servers);
});
