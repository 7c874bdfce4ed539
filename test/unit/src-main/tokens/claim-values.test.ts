import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isEmpty,
  knownWord,
  listIn,
  memberIn,
  membersIn,
  numberIn,
  quoted,
  single,
  textIn,
} from '../../../../src-main/tokens/claim-values.ts';
import { said, tries } from '../../../fakes/tries.ts';

const pad = (text: string, length: number) => text.padEnd(length, ' ');

describe('a number in a claim', () => {
  it.each([
    [5, 5],
    [-2.5, -2.5],
    [0, 0],
    ['0', 0],
    ['-0', -0],
    ['30', 30],
    [' 30\n', 30],
    ['-7', -7],
    ['10.25', 10.25],
    ['1e3', 1000],
    ['1E3', 1000],
    ['2e+10', 2e10],
    ['5e-1', 0.5],
    ['1.50e10', 1.5e10],
    [pad('7', 40), 7],
  ])('is read from %j as %d', (value, number) => {
    expect(numberIn(value)).toBe(number);
  });

  it.each([
    '',
    ' ',
    'x',
    'x5',
    '5x',
    '05',
    '-05',
    '+5',
    '--5',
    '.5',
    '5.',
    '5.x',
    '1e',
    '1e+',
    '1ex',
    '1e1.5',
    'e5',
    '1,5',
    '1 5',
    '0x10',
    '1_000',
    'NaN',
    'Infinity',
    '５',
    pad('7', 41),
    '7'.repeat(41),
    null,
    undefined,
    true,
    [5],
    {},
  ])('is not read from %j', (value) => {
    expect(numberIn(value)).toBeUndefined();
  });

  it(`is read as JSON writes it: ${said(500)} numbers`, () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        // JSON has no negative zero.
        expect(numberIn(JSON.stringify(number))).toBe(number === 0 ? 0 : number);
      }),
      { numRuns: tries(500) },
    );
  });
});

it.each([
  [undefined, true],
  [null, true],
  ['', true],
  [' \t', true],
  ['\u200b', true],
  [[], true],
  [[null, '', undefined], true],
  [[null, 'x'], false],
  [['x', null], false],
  [[[]], false],
  ['x', false],
  [0, false],
  [false, false],
  [{}, false],
])('%j counts as empty: %s', (value, empty) => {
  expect(isEmpty(value)).toBe(empty);
});

it.each([
  [[5], 5],
  [[], []],
  [
    [1, 2],
    [1, 2],
  ],
  ['x', 'x'],
  [
    { length: 1, 0: 'x' },
    { length: 1, 0: 'x' },
  ],
  [null, null],
])('%j is read as %j where a single value is expected', (value, one) => {
  expect(single(value)).toEqual(one);
});

it.each([
  ['x', 'x'],
  ['', ''],
  [['x'], 'x'],
  [5, '5'],
  [[-5], '-5'],
  [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  [2 ** 53, undefined],
  [1.5, undefined],
  [true, undefined],
  [null, undefined],
  [['a', 'b'], undefined],
  [{}, undefined],
])('the text of %j is %j', (value, text) => {
  expect(textIn(value)).toBe(text);
});

it.each([
  [{ a: 1 }, { a: 1 }],
  [[{ a: 1 }], { a: 1 }],
  ['{"a":1}', { a: 1 }],
  [' {"a":1}\n', { a: 1 }],
  [['{"a":1}'], { a: 1 }],
  ['{"a":1,"a":1}', undefined],
  ['[{"a":1}]', undefined],
  ['a', undefined],
  [[], undefined],
  [[{}, {}], undefined],
  [[[]], undefined],
  [null, undefined],
  [undefined, undefined],
  [5, undefined],
])('the members of %j are %j', (value, members) => {
  expect(membersIn(value)).toEqual(members);
});

it.each([
  [{ server_id: 'a' }, 'a'],
  [{ serverId: 'a' }, 'a'],
  [{ SERVER_ID: 'a' }, 'a'],
  [{ 'server-id': 'a' }, 'a'],
  [{ 'Server Id': 'a' }, 'a'],
  [{ server_id: 0 }, 0],
  [{ server_id: 'a', serverId: 'b' }, 'a'],
  // The empty one counts as absent.
  [{ server_id: '', serverId: 'b' }, 'b'],
  [{ server_id: null, ServerId: ' ', SERVERID: 'b' }, 'b'],
  // It is ambiguous which one was meant.
  [{ serverId: 'a', ServerId: 'b' }, undefined],
  [{ other: 'a' }, undefined],
  [{ xserver_id: 'a', server_idx: 'b' }, undefined],
  [{ undefined: 'a' }, undefined],
  [{ server_id: null }, undefined],
  [{}, undefined],
])('of %j the member server_id is %j', (members, member) => {
  expect(memberIn(members, 'server_id')).toBe(member);
});

it('an inherited property is not a member', () => {
  expect(memberIn({}, 'constructor')).toBeUndefined();
  expect(memberIn(Object.create({ name: 'x' }) as Record<string, unknown>, 'name')).toBeUndefined();
});

describe('a word of a known list', () => {
  const editions = ['store', 'corporate', 'cloud'] as const;
  it.each([
    ['store', 'store'],
    [['store'], 'store'],
    ['STORE', 'store'],
    [' Store ', 'store'],
    ['store_server', 'store'],
    ['Store-Server', 'store'],
    ['Cloud Edition', 'cloud'],
    [pad('cloud', 40), 'cloud'],
    [pad('cloud', 41), undefined],
    ['stores', undefined],
    ['server', undefined],
    ['edition', undefined],
    ['storecloud', undefined],
    ['my store', undefined],
    ['', undefined],
    [5, undefined],
    [null, undefined],
    [['store', 'cloud'], undefined],
    [{ name: 'store' }, undefined],
  ])('is read from %j as %j', (value, word) => {
    expect(knownWord(editions, value)).toBe(word);
  });

  it('is recognized in its own spelling, even an unusual one', () => {
    const long = 'x'.repeat(50);
    expect(knownWord(['Odd_Word', long], 'Odd_Word')).toBe('Odd_Word');
    expect(knownWord(['Odd_Word', long], long)).toBe(long);
  });
});

it.each([
  [
    ['a', 5],
    ['a', 5],
  ],
  [[], []],
  ['["a","b"]', ['a', 'b']],
  [' ["a"] ', ['a']],
  ['[a', undefined],
  ['["a"]x', undefined],
  ['a,b', ['a', 'b']],
  [' a , b ', ['a', 'b']],
  ['Gift Cards, xms', ['Gift Cards', 'xms']],
  ['a b', ['a', 'b']],
  ['a  b\tc', ['a', 'b', 'c']],
  ['a.b:c_d-9 e', ['a.b:c_d-9', 'e']],
  ['Gift Cards', ['Gift Cards']],
  ['gift Cards', ['gift Cards']],
  ['gift cards!', ['gift cards!']],
  ['!gift cards', ['!gift cards']],
  ['xms', ['xms']],
  [{ 0: 'a', 10: 'b' }, ['a', 'b']],
  [{}, []],
  [{ 0: 'a', x: 'b' }, undefined],
  [{ '0x': 'a' }, undefined],
  [{ x0: 'a' }, undefined],
  [5, undefined],
  [null, undefined],
  [undefined, undefined],
])('the list of %j is %j', (value, list) => {
  expect(listIn(value)).toEqual(list);
});

it.each<[unknown, string]>([
  ['as it is', 'as it is'],
  [5, '5'],
  [null, 'null'],
  [undefined, 'undefined'],
  [{ a: [1] }, '{"a":[1]}'],
  ['x'.repeat(100), 'x'.repeat(100)],
  ['x'.repeat(101), `${'x'.repeat(100)}…`],
  [['x'.repeat(200)], `["${'x'.repeat(98)}…`],
  ['half of \ud83d a sign', 'half of \ufffd a sign'],
  [`${'x'.repeat(99)}\u{1f600}`, `${'x'.repeat(99)}\ufffd…`],
  [5n, 'bigint'],
])('%s is quoted as %s', (value, quote) => {
  expect(quoted(value)).toBe(quote);
});
