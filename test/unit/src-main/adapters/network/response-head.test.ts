import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  presentableHead,
  originalStatus,
  unusualStatusHeader,
} from '../../../../../src-main/adapters/network/response-head.ts';
import { said, tries } from '../../../../fakes/tries.ts';

const head = (statusCode: number, changes: object = {}) => ({
  statusCode,
  statusLine: `HTTP/1.1 ${statusCode} Odd`,
  responseHeaders: { date: ['Tue, 06 May 2031 07:00:00 GMT'] },
  ...changes,
});

describe('the head of an HTTP answer', () => {
  it.each([200, 204, 304, 404, 503, 599])('keeps the status %d', (status) => {
    expect(presentableHead(head(status))).toBeNull();
    expect(originalStatus(status, {})).toBe(status);
  });

  it.each([0, 99, 100, 199, 600, 999, 1000, 65_535])(
    'carries the status %d in a header, with 599 in its place',
    (status) => {
      const replaced = presentableHead(head(status));
      expect(replaced).toEqual({
        statusLine: 'HTTP/1.1 599',
        responseHeaders: { date: ['Tue, 06 May 2031 07:00:00 GMT'], [unusualStatusHeader]: [String(status)] },
      });
      expect(originalStatus(599, { [unusualStatusHeader]: String(status) })).toBe(status);
    },
  );

  it('has characters outside Latin-1 replaced, since a Response does not accept them', () => {
    const responseHeaders = { 'x-shop': ['Café', '日本'], 'x-emoji': ['a😀'] };
    expect(presentableHead(head(200, { responseHeaders, statusLine: 'HTTP/1.1 200 €' }))).toEqual({
      statusLine: 'HTTP/1.1 200',
      responseHeaders: { 'x-shop': ['Café', '??'], 'x-emoji': ['a?'] },
    });
  });

  it.each(['200', '400', '599', 'soon', '', '7.5', 'Infinity'])(
    'ignores the value %j if a server sends that header itself',
    (named) => {
      expect(originalStatus(599, { [unusualStatusHeader]: named })).toBe(599);
      expect(originalStatus(404, { [unusualStatusHeader]: '999' })).toBe(404);
    },
  );

  it(`is accepted by a Response, in ${said(500)} cases`, () => {
    const values = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/\p{Cc}/gu, ''));
    fc.assert(
      fc.property(fc.nat(1_200), values, fc.array(values), (statusCode, reason, texts) => {
        const came = { statusCode, statusLine: `HTTP/1.1 ${statusCode} ${reason}`, responseHeaders: { x: texts } };
        const { statusLine, responseHeaders } = presentableHead(came) ?? came;
        const [, status = '', ...rest] = statusLine.split(' ');
        const headers = Object.entries(responseHeaders).flatMap(([name, all]) => all.map((value) => [name, value]));
        const init = { status: Number(status), statusText: rest.join(' '), headers: headers as [string, string][] };
        expect(() => new Response(null, init)).not.toThrow();
      }),
      { numRuns: tries(500) },
    );
  });
});
