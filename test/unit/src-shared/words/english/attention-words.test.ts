import { describe, expect, test } from 'vitest';
import type { Notice, UnreadFile } from '../../../../../src-shared/window/console-state.ts';
import { words } from '../../../../../src-shared/words/words.ts';

const notices = [
  'settings_unreadable',
  'settings_partly_unreadable',
  'license_record_unreadable',
  'server_details_unreadable',
  'api_clients_unreadable',
  'api_clients_withheld',
] as const satisfies readonly Notice['id'][];
const file = 'x.json';
const files: readonly (readonly [UnreadFile, string])[] = [
  [{ keptAs: 'y.json' }, 'The old file was kept as y.json.'],
  [{ keptAs: 'y.json', file, found: 'folder' }, 'x.json is a folder, not a file. It was kept as y.json.'],
  [{ file, found: 'pipe' }, 'x.json is a pipe (FIFO), not a file. It was not changed. Move it away'],
  [{ file, found: 'socket' }, 'x.json is a socket, not a file.'],
  [{ file, found: 'device' }, 'x.json is a device, not a file.'],
  [{ file, found: 'loop' }, 'x.json is a link that leads back to itself, not a file.'],
  [{ file, found: 'forbidden' }, 'This account has no permission to read x.json. The file was not changed.'],
  [{ file, found: 'unseen' }, 'x.json cannot be read: another program is using it, or its disk'],
];

describe.each(notices)('the notice %s', (id) => {
  test.each(files)('names what is in the place of the file (%j)', (unread, said) => {
    expect(words.notices[id](unread)).toContain(said);
  });

  test('is complete without any facts about a file', () => {
    expect(words.notices[id]({})).not.toContain('undefined');
  });
});
