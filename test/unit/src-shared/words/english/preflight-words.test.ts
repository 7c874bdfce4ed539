import { expect, it } from 'vitest';
import { preflightWords } from '../../../../../src-shared/words/english/preflight-words.ts';

const { whoFixes } = preflightWords;

it.each([
  ['network', 'auth.example.com does not answer.', 'Ask the people who run this network.'],
  [
    'authorization_server',
    'It answered that it cannot work right now.',
    'Ask the people who run the Authorization server.',
  ],
  ['store', 'If you have none, ask the people who run the network.', 'You can fix this here.'],
] as const)('says whose job it is: %s', (fixer, says, who) => {
  expect(whoFixes(fixer, ['It does not work.', says])).toEqual([who]);
});

it.each([
  ['the same people', 'Ask the people who run the network to exempt the address from inspection.'],
  ['others', 'If it is right, ask the people who run the server to renew the certificate.'],
])('does not ask twice where the check itself asks %s', (_name, says) => {
  expect(whoFixes('network', ['It does not work.', says])).toEqual([]);
});

it('says nothing where nothing has to be fixed', () => {
  expect(whoFixes(undefined, ['It works.'])).toEqual([]);
});
