import { expect, it } from 'vitest';
import { readRetryAfter, retryAfterFacts, retryAfterOf } from '../../../../src-main/authorization/retry-after.ts';
import { failure } from '../../../../src-shared/result.ts';

const date = 'Tue, 06 May 2031 07:00:00 GMT';

it.each([
  ['120', 120],
  [' 120 ', 120],
  ['0', 0],
  ['86400', 86_400],
  ['86401', 86_400],
  ['9'.repeat(400), 86_400],
  ['-5', undefined],
  ['1.5', undefined],
  ['1e9', undefined],
  ['x5', undefined],
  ['at Tue, 06 May 2031 07:02:00 GMT', undefined],
  ['tue, 06 May 2031 07:02:00 GMT', 120],
  ['5 s', undefined],
  ['soon', undefined],
  ['Sundown', undefined],
  ['', undefined],
  ['Tue, 06 May 2031 07:02:00 GMT', 120],
  ['Tuesday, 06-May-31 07:02:00 GMT', 120],
  ['Tue, 06 May 2031 06:00:00 GMT', 0],
  ['Fri, 06 May 2191 07:00:00 GMT', 86_400],
  ['2031-05-06T07:02:00Z', undefined],
])('Retry-After: %s is read as seconds, at most a day', (header, seconds) => {
  expect(readRetryAfter({ headers: { 'retry-after': header, date } })).toBe(seconds);
});

it.each([undefined, '', 'today'])('a Retry-After with a date is ignored if the Date header is %s', (at) => {
  const headers = { 'retry-after': 'Tue, 06 May 2031 07:02:00 GMT', ...(at === undefined ? {} : { date: at }) };
  expect(readRetryAfter({ headers })).toBeUndefined();
});

it('a response without Retry-After asks for no pause', () => {
  expect(readRetryAfter({ headers: { date } })).toBeUndefined();
});

it.each([
  ['120', 120],
  ['9'.repeat(400), 86_400],
  ['soon', 0],
])('a failure keeps the pause that the server asked for: %s', (header, seconds) => {
  const facts = retryAfterFacts({ headers: { 'retry-after': header } });
  expect(retryAfterOf(failure('server_error', { facts }))).toBe(seconds);
});

it.each([
  ['NaN', 0],
  ['-5', 0],
  ['Infinity', 86_400],
  ['', 0],
])('a pause of %j in a stored failure is bounded', (fact, seconds) => {
  expect(retryAfterOf(failure('server_error', { facts: { retry_after: fact } }))).toBe(seconds);
});

it('a failure keeps no pause if the server asked for none', () => {
  expect(retryAfterFacts({ headers: { 'retry-after': 'soon' } })).toStrictEqual({});
  expect(retryAfterFacts({ headers: {} })).toStrictEqual({});
  expect(retryAfterFacts({ headers: { 'retry-after': '0' } })).toStrictEqual({ retry_after: '0' });
});

it('a failure without a pause asks for 0 seconds', () => {
  expect(retryAfterOf(failure('server_error'))).toBe(0);
});
