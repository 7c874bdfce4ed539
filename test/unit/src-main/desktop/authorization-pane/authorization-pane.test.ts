import { describe, expect, it, vi } from 'vitest';
import { paneAtHand } from '../../../../fakes/pane-at-hand.ts';

vi.mock('electron', async () => (await import('../../../../fakes/pane-at-hand.ts')).fakeElectron);

const start = 'https://auth.example.com/start';
const form = 'https://auth.example.com/device';

describe('a page that says that a device was authorized', () => {
  it.each([
    ['the page for codes', form, form],
    ['the start page', null, start],
  ])('is not shown again: the pane opens %s', async (_name, instead, opened) => {
    const { pane, contents, timer } = await paneAtHand();
    await timer.advance(0);
    contents.url = 'https://auth.example.com/authorized';
    pane.finish(() => instead);
    contents.loaded.length = 0;
    expect(pane.state().open).toBe(false);
    pane.show(true);
    await timer.advance(0);
    expect(contents.loaded).toEqual([opened]);
    pane.show(false);
    pane.show(true);
    await timer.advance(0);
    expect(contents.loaded, 'only once').toEqual([opened]);
  });

  it('is left as it is where a person only closes the pane', async () => {
    const { pane, contents, timer } = await paneAtHand();
    await timer.advance(0);
    contents.url = 'https://auth.example.com/form';
    contents.loaded.length = 0;
    pane.show(false);
    pane.show(true);
    await timer.advance(0);
    expect(contents.loaded).toEqual([]);
  });
});
