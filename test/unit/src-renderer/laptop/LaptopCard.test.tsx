import { expect, it } from 'vitest';
import { LaptopCard } from '../../../../src-renderer/laptop/LaptopCard.tsx';
import { failure } from '../../../../src-shared/result.ts';
import { dates } from '../../../../src-shared/words/english/time-spans.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { drawn } from '../../../fakes/drawn.tsx';
import { consoleStates } from '../../../gallery/console-states.ts';

const { ways } = words.laptop;
const headlineOf = (code: 'laptop_gone' | 'issuer_refused') => words.failureWords(failure(code)).headline;
const [noAnswer, refused] = [headlineOf('laptop_gone'), headlineOf('issuer_refused')];

it("says how far this computer's clock is from the laptop's, and what to set it to", () => {
  const paired = consoleStates['laptop-paired'];
  const { laptop, at } = paired;
  if (laptop?.state !== 'paired') expect.unreachable();
  const said = (clockAheadMs: number) => drawn({ ...paired, laptop: { ...laptop, clockAheadMs } }, <LaptopCard />);
  expect(said(3 * 3_600_000)).toContain('clock is 3 h behind the laptop');
  expect(said(3 * 3_600_000)).toContain(`set this clock to ${dates.dateTime(at + 3 * 3_600_000)}.`);
  expect(said(-7_200_000)).toContain('clock is 2 h ahead of the laptop');
  expect(drawn(paired, <LaptopCard />)).not.toContain('clock is');
});

it.each([
  ['laptop-paired', 'Connected to the laptop until', null],
  ['laptop-unconfirmed', 'Connected to the laptop until', ways.unconfirmed],
  ['laptop-starting', 'Connected to the laptop until', null],
  ['laptop-doubted', 'Connected to the laptop until', ways.doubted],
  ['laptop-interrupted', 'The laptop', ways.interrupted],
  ['laptop-no-answer', noAnswer, null],
  ['laptop-refused', refused, null],
] as const)('says in the state %s what is true in it, and nothing of the other states', (name, says, does) => {
  const card = drawn(consoleStates[name], <LaptopCard />);
  expect(card).toContain(says);
  for (const one of Object.values(ways)) if (one !== null) expect(card.includes(one)).toBe(one === does);
  expect(card.includes(noAnswer)).toBe(name === 'laptop-no-answer');
  expect(card.includes(refused)).toBe(name === 'laptop-refused');
});

it('offers one next action if the person at the laptop refused the Authorization server: its settings', () => {
  const card = drawn(consoleStates['laptop-refused'], <LaptopCard />);
  expect(card).toContain(words.remedyLabel('edit_settings'));
  expect(card).not.toContain(words.laptop.again);
});
