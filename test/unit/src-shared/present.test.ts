import { expect, expectTypeOf, test } from 'vitest';
import { present } from '../../../src-shared/present.ts';

test('present keeps every member that is not undefined, in the same order', () => {
  const kept = present({ zero: 0, empty: '', gone: undefined, no: false, nothing: null });
  expect(Object.entries(kept)).toEqual([
    ['zero', 0],
    ['empty', ''],
    ['no', false],
    ['nothing', null],
  ]);
});

test('a member that may be undefined is optional in the result of present', () => {
  const detail = (text?: string) => present({ code: 'refused', detail: text });
  expectTypeOf(detail()).toExtend<{ code: string; detail?: string }>();
  expect(Object.keys(detail())).toEqual(['code']);
});
