import { expect, it } from 'vitest';
import { FailureNotice } from '../../../../src-renderer/failure/FailureNotice.tsx';
import { failure } from '../../../../src-shared/result.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { drawn } from '../../../fakes/drawn.tsx';
import { consoleStates } from '../../../gallery/console-states.ts';

it.each([
  ['network_unreachable', true],
  ['acquisition_interrupted', true],
  ['expired_token', false],
  ['access_denied', false],
] as const)('offers a laptop after %s: %s', (code, offers) => {
  const notice = drawn(consoleStates['not-licensed'], <FailureNotice failure={failure(code)} />);
  expect(notice.includes(words.laptop.action)).toBe(offers);
});
