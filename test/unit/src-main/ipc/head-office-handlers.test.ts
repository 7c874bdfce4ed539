import { describe, expect, it } from 'vitest';
import { headOfficeHandlers } from '../../../../src-main/ipc/head-office-handlers.ts';
import type { MailDraft } from '../../../../src-shared/support/mail-draft.ts';
import { fail, succeed } from '../../../../src-shared/result.ts';
import type { SupportContactState } from '../../../../src-shared/support/support-contact.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';

interface Surroundings {
  readonly support?: SupportContactState;
  readonly opens?: boolean;
  readonly copies?: boolean;
}

async function setUp({ support = { state: 'none' }, opens = true, copies = true }: Surroundings = {}) {
  const at = await ConsoleAtWork.create();
  const copied: string[] = [];
  const mails: MailDraft[] = [];
  const handlers = headOfficeHandlers({
    servers: { shown: at.services },
    changed: () => at.onChanged(),
    copy: async (text) => {
      copied.push(text);
      return copies ? succeed(null) : fail('clipboard_refused');
    },
    trustedNow: () => at.trustedTime.evaluate().judgedAt,
    supportContact: () => support,
    openMail: async (draft) => {
      mails.push(draft);
      return opens;
    },
  });
  const { acquisition } = at.services;
  const isOld = () => {
    const view = acquisition.view();
    return view.state === 'awaiting_authorization' ? (view.code.messageIsOld ?? false) : null;
  };
  return { at, acquisition, copied, mails, handlers, isOld };
}

describe('the message to head office', () => {
  it('does not exist without a User Code', async () => {
    const { handlers, mails, copied } = await setUp();
    for (const call of ['read', 'copy', 'mail', 'show_qr'] as const)
      expect(await handlers[`head_office.${call}`](undefined)).toEqual(fail('nothing_to_complete'));
    expect([...mails, ...copied]).toEqual([]);
  });

  it('is the same on the screen, in the clipboard and in the mail, and holds no secret', async () => {
    const { acquisition, handlers, copied, mails } = await setUp();
    await acquisition.start();
    const read = await handlers['head_office.read'](undefined);
    if (!read.ok) expect.unreachable();
    await handlers['head_office.copy'](undefined);
    await handlers['head_office.mail'](undefined);
    expect(copied).toEqual([read.value.lines.join('\n')]);
    expect(mails).toMatchObject([{ to: '', lines: read.value.lines }]);
    expect(copied.join()).toContain('User Code: 100000001');
    expect(JSON.stringify([read, copied, mails])).not.toMatch(/device-code|refresh-token|eyJ/);
  });

  it('goes to the mail address of the support contact, if there is one', async () => {
    const contact = { email: 'help@fusion.example' };
    const { acquisition, handlers, mails } = await setUp({ support: { state: 'set', contact } });
    await acquisition.start();
    await handlers['head_office.mail'](undefined);
    expect(mails).toMatchObject([{ to: 'help@fusion.example' }]);
    const read = await handlers['head_office.read'](undefined);
    expect(read).toHaveProperty('value.mailto', expect.stringMatching(/^mailto:help@fusion\.example\?subject=/));
  });

  it.each(['copy', 'mail', 'show_qr'] as const)(
    'is outdated once another code has replaced its code, until it is sent again: %s',
    async (way) => {
      const { at, acquisition, handlers, isOld } = await setUp();
      await acquisition.start();
      await handlers['head_office.read'](undefined);
      expect(isOld()).toBe(false);
      await handlers[`head_office.${way}`](undefined);
      await acquisition.start();
      expect(isOld()).toBe(true);
      let changes = 0;
      at.onChanged = () => (changes += 1);
      await handlers[`head_office.${way}`](undefined);
      expect([isOld(), changes > 0]).toEqual([false, true]);
    },
  );

  it('does not become outdated if a person only read it', async () => {
    const { acquisition, handlers, isOld } = await setUp({ opens: false, copies: false });
    await acquisition.start();
    await handlers['head_office.read'](undefined);
    expect(await handlers['head_office.mail'](undefined)).toMatchObject({ failure: { code: 'mail_not_opened' } });
    expect(await handlers['head_office.copy'](undefined)).toMatchObject({ failure: { code: 'clipboard_refused' } });
    await acquisition.start();
    expect(isOld()).toBe(false);
  });

  it('is no longer needed once a license is stored', async () => {
    const { at, acquisition, handlers, isOld } = await setUp();
    await acquisition.start();
    await handlers['head_office.copy'](undefined);
    await at.acquire();
    await acquisition.start();
    expect(isOld()).toBe(false);
  });

  it('never leads to a new code unless a person asks for one', async () => {
    const { at, acquisition, handlers } = await setUp();
    await acquisition.start();
    await handlers['head_office.copy'](undefined);
    await at.timer.advance(24 * 3_600_000);
    expect(acquisition.view()).toMatchObject({ state: 'failed', failure: { code: 'expired_token' } });
    expect(at.server.count('device_authorization')).toBe(1);
  });
});
