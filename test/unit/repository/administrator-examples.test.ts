import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSupportContact } from '../../../src-main/adapters/desktop/support-contact.ts';
import { createAdministratorNotice } from '../../../src-main/adapters/desktop/administrator-notice.ts';
import { administratorEvent } from '../../../src-main/notifications/administrator-event.ts';
import type { AdministratorEvent } from '../../../src-main/notifications/administrator-notice.ts';
import type { Http } from '../../../src-main/ports/http.ts';
import { failure } from '../../../src-shared/result.ts';
import { words } from '../../../src-shared/words/words.ts';
import { textOf } from './markdown.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { notOnWindows } from '../../fakes/on-windows.ts';

const folder = mkdtempSync(join(tmpdir(), 'notify-example-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const guide = textOf('src-main/notifications/README.md');
const [settings = '', event = ''] = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text);

/** Nothing is sent when a file is read. */
const noHttp: Http = {
  send: async () => ({ ok: false, failure: failure('network_unreachable'), maybeDelivered: false }),
};

function stateOf(name: string, text: string) {
  const place = join(folder, name);
  mkdirSync(place, { mode: 0o755 });
  writeFileSync(join(place, 'notify.json'), text, { mode: 0o644 });
  const owner = process.getuid?.() ?? 0;
  return createAdministratorNotice({ file: join(place, 'notify.json'), owner }, noHttp, new MemoryLog()).read().state;
}

describe('the examples that an administrator copies', () => {
  it('include a file in the guide that the console accepts', notOnWindows('ownFile'), () => {
    expect(stateOf('guide', settings)).toBe('set');
  });

  it('include a file in the message about a refused file that the console accepts', notOnWindows('ownFile'), () => {
    const message = words.notificationSettings.administratorRefused.meaning('malformed', 'notify.json');
    const [example = ''] = /\{.*\}/.exec(message) ?? [];
    expect(stateOf('message', example)).toBe('set');
  });

  it(
    'include a support contact on the first page and in the message that the console accepts',
    notOnWindows('ownFile'),
    () => {
      const [onPage = ''] = /```json\n([\s\S]*?)```/.exec(textOf('README.md'))?.slice(1) ?? [];
      const message = words.support.refused.meaning({ state: 'refused', file: 'support.json', reason: 'malformed' });
      const [inMessage = ''] = /\{.*\}/.exec(message) ?? [];
      for (const [index, text] of [onPage, inMessage].entries()) {
        const file = join(folder, `support-${index}.json`);
        writeFileSync(file, text, { mode: 0o644 });
        const read = createSupportContact({ file, owner: process.getuid?.() ?? 0 }, new MemoryLog());
        expect(read(), text).toEqual({ state: 'set', contact: JSON.parse(text).support });
      }
    },
  );

  it('include an event in the guide with the members and words of a real one', () => {
    const said = JSON.parse(event) as Required<AdministratorEvent>;
    const stopsAt = Date.parse(said.stopsAt);
    const made = administratorEvent(
      {
        kind: 'cause',
        key: '',
        level: 2,
        alert: {
          profileId: 'one',
          serverName: said.server.name,
          cause: 'token_expires_soon',
          tone: 'caution',
          stopsAt,
          code: 'network_unreachable',
        },
      },
      undefined,
      Date.parse(said.at),
    );
    const { server, text, ...rest } = made;
    // The hour is in the reader's time zone.
    const withoutHour = (sentence: string) => sentence.replace(/until .*?:\d\d/, '');
    const { server: saidServer, text: saidText, ...saidRest } = said;
    expect(saidRest).toEqual(rest);
    expect(withoutHour(saidText)).toBe(withoutHour(text));
    expect(Object.keys(saidServer)).toEqual([...Object.keys(server), 'serverId']);
  });
});
