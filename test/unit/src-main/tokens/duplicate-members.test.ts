import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasDuplicateMembers, parseObject } from '../../../../src-main/tokens/duplicate-members.ts';
import { said, tries } from '../../../fakes/tries.ts';

describe('the text of a JSON object', () => {
  it.each([
    ['{}', {}],
    ['{"a":1}', { a: 1 }],
    [' {"a" : [1, {"a":2}] }\n', { a: [1, { a: 2 }] }],
  ])('is read: %s', (json, value) => {
    expect(parseObject(json)).toEqual(value);
  });

  it.each(['', 'null', '5', '"text"', '[]', '[{}]', '{', '{"a":1,"a":1}', '{"a":{"b":1, "b":2}}'])(
    'is not read: %s',
    (json) => {
      expect(parseObject(json)).toBeNull();
    },
  );
});

describe('a duplicate member', () => {
  it.each([
    ['{"a":1,"a":2}', true],
    ['{"a":1,"\\u0061":2}', true],
    ['{"a":{"b":1,"b":2}}', true],
    ['[{"a":1},{"a":2,"a":3}]', true],
    ['{"a":1,"b":{"a":2}}', false],
    ['{"a":"a","b":"a"}', false],
    ['{"a":"{\\"a\\":1,\\"a\\":2}"}', false],
    ['{"a":"\\\\","b":"\\\\"}', false],
    ['{"a" :1, "a"\n:2}', true],
    ['{"__proto__":1,"__proto__":2}', true],
    ['["a","a"]', false],
    ['not json', false],
  ])('is in %s: %s', (json, twice) => {
    expect(hasDuplicateMembers(json)).toBe(twice);
  });

  it(`is not found in JSON as it is usually written, and always found once it is added: ${said(1_000)} values`, () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, pick) => {
        expect(hasDuplicateMembers(JSON.stringify(value))).toBe(false);
        const names = Object.keys(value);
        const name = names[pick % names.length] ?? '';
        expect(hasDuplicateMembers(`${JSON.stringify(value).slice(0, -1)},${JSON.stringify(name)}:0}`)).toBe(true);
      }),
      { numRuns: tries(1_000) },
    );
  });
});
