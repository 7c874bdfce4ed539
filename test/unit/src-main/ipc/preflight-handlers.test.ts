import { expect, it } from 'vitest';
import { preflightHandlers } from '../../../../src-main/ipc/preflight-handlers.ts';
import type { ExportedFile } from '../../../../src-main/ports/file-export.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';
import { consoleStateOf } from '../../../gallery/console-states.ts';

function setUp(state: string) {
  const files: ExportedFile[] = [];
  const copied: string[] = [];
  const done: string[] = [];
  const handlers = preflightHandlers({
    state: () => consoleStateOf(state),
    servers: { shown: null },
    preflight: {
      start: () => void done.push('start'),
      look: () => void done.push('look'),
      cancel: () => void done.push('cancel'),
    },
    copy: async (text) => {
      copied.push(text);
      return succeed(null);
    },
    fileExport: {
      save: async (file) => {
        files.push(file);
        return succeed({ state: 'cancelled' });
      },
      showSaved: async () => fail('saved_file_gone'),
    },
  });
  return { files, copied, done, handlers };
}

it('the results are saved as they are copied, in a text file named after the server and the day', async () => {
  const { files, copied, handlers } = setUp('checked-computer');
  expect(await handlers['preflight.copy'](undefined)).toMatchObject({ ok: true });
  expect(await handlers['preflight.save'](undefined)).toMatchObject({ ok: true });
  expect(files).toMatchObject([{ suggestedName: 'Checks Store 014 2026-11-26.txt', content: `${copied[0]}\n` }]);
  expect(copied[0]).toMatch(/^Proxy: Does not work\. .* Ask the people who run this network\. \[proxy_refused/m);
  expect(copied[0]).toMatch(/^Background: Needs attention\. .* You can fix this here\.$/m);
});

it('nothing is copied or saved if nothing was checked', async () => {
  const { files, copied, handlers } = setUp('not-licensed');
  for (const call of ['preflight.copy', 'preflight.save'] as const)
    expect(await handlers[call](undefined)).toMatchObject({ failure: { code: 'nothing_to_complete' } });
  expect([...files, ...copied]).toEqual([]);
});

it('the calls start, read and cancel a run', async () => {
  const { done, handlers } = setUp('not-licensed');
  for (const call of ['preflight.start', 'preflight.look', 'preflight.cancel'] as const)
    expect(await handlers[call](undefined)).toMatchObject({ ok: true });
  expect(done).toEqual(['start', 'look', 'cancel']);
});
