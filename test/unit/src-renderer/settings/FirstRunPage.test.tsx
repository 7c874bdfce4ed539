import { expect, it } from 'vitest';
import FirstRunPage from '../../../../src-renderer/settings/FirstRunPage.tsx';
import { words } from '../../../../src-shared/words/words.ts';
import { drawn } from '../../../fakes/drawn.tsx';
import { consoleStates } from '../../../gallery/console-states.ts';

const page = (name: keyof typeof consoleStates) => drawn(consoleStates[name], <FirstRunPage takesFocus={false} />);
const countOf = (text: string, part: string) => text.split(part).length - 1;
const { action, again, beforeAddress, thenCode } = words.laptop;

it('offers a laptop before there is a server', () => {
  expect(page('first-run')).toContain(`>${action}<`);
  expect(page('first-run')).not.toContain(words.profileForm.throughLaptop);
});

it('says what comes next with a laptop, and that the address is checked through it', () => {
  const helped = page('first-run-laptop');
  for (const said of [beforeAddress, words.profileForm.throughLaptop, 'amazing orbit walnut'])
    expect(helped).toContain(said);
  for (const said of [`>${action}<`, thenCode, words.laptop.ways.unconfirmed]) expect(helped).not.toContain(said);
});

it('offers a laptop once after the pairing has ended', () => {
  const ended = page('first-run-laptop-ended');
  expect([countOf(ended, `>${again}<`), countOf(ended, `>${action}<`)]).toEqual([1, 0]);
});
