import { expect, it } from 'vitest';
import { rowQuestion } from '../../../../src-renderer/board/row-question.ts';
import type { BoardRow } from '../../../../src-shared/servers/board.ts';
import type { ServerView } from '../../../../src-shared/window/console-state.ts';
import { profile } from '../../../fakes/fake-authorization-server.ts';

const server: ServerView = { ...profile, licensed: true };
const row: BoardRow = {
  kind: 'own',
  id: server.id,
  name: server.serverName,
  edition: 'store',
  environment: null,
  status: 'licensed',
  tone: 'good',
  action: null,
  urgency: 4,
  archived: false,
};

it('a question keeps the server of this console, so that its dialog stays the same once the server is forgotten', () => {
  expect(rowQuestion('forget', row, [{ ...server, id: 'another' }, server])).toEqual({ to: 'forget', row, server });
});

it('no question is asked about a server that is already forgotten', () => {
  expect(rowQuestion('forget', row, [])).toBeNull();
});

it('a server that only reported does not count as one of this console', () => {
  const reported = { ...row, kind: 'reported' } as const;
  expect(rowQuestion('forget', reported, [server])).toEqual({ to: 'forget', row: reported, server: null });
});
