import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument, readNumber } from '../../../../src-main/authorization/server-document.ts';
import { said, tries } from '../../../fakes/tries.ts';

describe('a JSON document from a server', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['\uFEFF{"a":1}', { a: 1 }],
    ['{"a":null,"b":"","c":[],"d":{},"e":0,"f":false,"g":" "}', { e: 0, f: false, g: ' ' }],
    ['{"a":[null,"",1,{"b":null}],"c":{"d":[null]}}', { a: [1] }],
    ['{"keys":[{"kid":null,"use":"","key_ops":[],"kty":"EC"},null]}', { keys: [{ kty: 'EC' }] }],
    ['{"a":"\uFEFF","b":"x\uFEFF"}', { a: '\uFEFF', b: 'x\uFEFF' }],
    ['{"a":{"b":[],"c":{},"d":[{}]},"e":[[]],"f":[[1]]}', { f: [[1]] }],
    ['{"constructor":"x"}', { constructor: 'x' }],
  ])('is read without null and empty members: %s', (body, document) => {
    expect(readDocument(body)).toEqual(document);
  });

  it.each(['', 'null', '[]', '[{"a":1}]', '5', '"text"', '{"a":1', '<html>', '\uFEFF\uFEFF{}'])(
    'is not read from %j',
    (body) => {
      expect(readDocument(body)).toBeNull();
    },
  );

  it('loses empty members down to six levels, and keeps what is deeper as it is', () => {
    const nested = (levels: number): string => (levels === 0 ? '{"a":null,"b":1}' : `{"n":${nested(levels - 1)}}`);
    const innermost = (levels: number): unknown => {
      let at: unknown = readDocument(nested(levels));
      for (let level = 0; level < levels; level += 1) at = (at as { n: unknown }).n;
      return at;
    };
    expect(innermost(6)).toEqual({ b: 1 });
    expect(innermost(7)).toEqual({ a: null, b: 1 });
    const listed = (levels: number): unknown =>
      readDocument(`{"n":${'['.repeat(levels)}null,1${']'.repeat(levels)}}`)?.['n'];
    expect(JSON.stringify(listed(6))).toBe('[[[[[[1]]]]]]');
    expect(JSON.stringify(listed(7))).toBe('[[[[[[[null,1]]]]]]]');
    expect(readDocument(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`)).not.toBeNull();
  });

  it(`has no null or empty member and stays the same when it is read again: ${said(500)} documents`, () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (body) => {
        const read = readDocument(body);
        if (!read) return;
        expect(readDocument(JSON.stringify(read))).toEqual(read);
        expect(JSON.stringify(read)).not.toMatch(/:(null|""|\[\]|\{\})[,}]/);
      }),
      { numRuns: tries(500) },
    );
  });
});

describe('a number in a JSON document', () => {
  it.each([
    [5, 5],
    [0, 0],
    [-2.5, -2.5],
    ['300', 300],
    [' 300 ', 300],
    ['2.5', 2.5],
    ['999999999999999', 999_999_999_999_999],
    ['1234567890123456', undefined],
    ['0.123456789012345', 0.123456789012345],
    ['0.1234567890123456', undefined],
    ['5.', undefined],
    ['5.x', undefined],
    ['5\n', 5],
    ['\t 5 \n', 5],
    ['5 5', undefined],
    ['x', undefined],
    [null, undefined],
    ['-5', undefined],
    ['1e3', undefined],
    ['1,5', undefined],
    ['x5', undefined],
    ['5x', undefined],
    ['', undefined],
    ['.5', undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [true, undefined],
    [[5], undefined],
    [undefined, undefined],
  ])('is read from %j as %s', (value, number) => {
    expect(readNumber(value)).toBe(number);
  });
});
