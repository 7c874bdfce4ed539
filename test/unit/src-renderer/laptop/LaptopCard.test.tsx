import { expect, it } from 'vitest';
import { LaptopCard } from '../../../../src-renderer/laptop/LaptopCard.tsx';
import { words } from '../../../../src-shared/words/words.ts';
import { drawn } from '../../../fakes/drawn.tsx';
import { consoleStates } from '../../../gallery/console-states.ts';

const { standings } = words.laptop;
const noAnswer = words.failureWords({ code: 'laptop_gone', remedy: 'none' }).headline;

it.each([
  ['laptop-paired', 'Connected to the laptop until', null],
  ['laptop-unconfirmed', 'Connected to the laptop until', standings.unconfirmed],
  ['laptop-doubted', 'Connected to the laptop until', standings.doubted],
  ['laptop-interrupted', 'The laptop', standings.interrupted],
  ['laptop-no-answer', noAnswer, null],
] as const)('says in the state %s what is true in it, and nothing of the other states', (name, says, does) => {
  const card = drawn(consoleStates[name], <LaptopCard />);
  expect(card).toContain(says);
  for (const one of Object.values(standings)) if (one !== null) expect(card.includes(one)).toBe(one === does);
  expect(card.includes(noAnswer)).toBe(name === 'laptop-no-answer');
});
