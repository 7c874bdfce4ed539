import { describe, expect, it } from 'vitest';
import { supportHandlers } from '../../../../src-main/ipc/support-handlers.ts';
import { succeed } from '../../../../src-shared/result.ts';
import type { SupportContactState } from '../../../../src-shared/support/support-contact.ts';
import { aboutConsole } from '../../../fakes/about-console.ts';
import { shownState } from '../../../fakes/shown-state.ts';

function setUp(support: SupportContactState, opens = true) {
  const opened: string[] = [];
  const handlers = supportHandlers({
    state: () => shownState(),
    about: async () => aboutConsole,
    openLogFolder: async () => succeed(null),
    copy: async () => succeed(null),
    supportContact: () => support,
    openContact: async (address) => {
      opened.push(address);
      return opens;
    },
  });
  return { opened, handlers };
}

describe('support.reach', () => {
  const set: SupportContactState = { state: 'set', contact: { phone: '+1 555 0100' } };

  it('opens the address in the file of the administrator', async () => {
    const { opened, handlers } = setUp(set);
    expect(await handlers['support.reach']({ by: 'phone' })).toEqual(succeed(null));
    expect(opened).toEqual(['tel:+15550100']);
  });

  it.each<[string, SupportContactState, boolean, 'phone' | 'url']>([
    ['no program opened it', set, false, 'phone'],
    ['the contact has no such address', set, true, 'url'],
    ['there is no contact', { state: 'none' }, true, 'phone'],
  ])('fails with contact_not_opened: %s', async (_why, support, opens, by) => {
    const { handlers } = setUp(support, opens);
    expect(await handlers['support.reach']({ by })).toMatchObject({ failure: { code: 'contact_not_opened' } });
  });
});
