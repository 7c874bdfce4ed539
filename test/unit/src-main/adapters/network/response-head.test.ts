import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  presentableHead,
  statusThatCame,
  unusualStatusHeader,
} from '../../../../../src-main/adapters/network/response-head.ts';
import { said, tries } from '../../../../fakes/tries.ts';

const head = (statusCode: number, changes: object = {}) => ({
  statusCode,
  statusLine: `HTTP/1.1 ${statusCode} Odd`,
  responseHeaders: { date: ['Tue, 06 May 2031 07:00:00 GMT'] },
  ...changes,
});

describe('the head of an answer', () => {
  it.each([200, 204, 304, 404, 503, 599])('%d stays', (status) => {
    expect(presentableHead(head(status))).toBeNull();
    expect(statusThatCame(status, {})).toBe(status);
  });

  it.each([0, 99, 100, 199, 600, 999, 1000, 65_535])('%d is put beside another', (status) => {
    const replaced = presentableHead(head(status));
    expect(replaced).toEqual({
      statusLine: 'HTTP/1.1 599',
      responseHeaders: { date: ['Tue, 06 May 2031 07:00:00 GMT'], [unusualStatusHeader]: [String(status)] },
    });
    expect(statusThatCame(599, { [unusualStatusHeader]: String(status) })).toBe(status);
  });

  it('characters beyond Latin-1 are replaced: no Response takes them', () => {
    const responseHeaders = { 'x-shop': ['Café', '日本'], 'x-emoji': ['a😀'] };
    expect(presentableHead(head(200, { responseHeaders, statusLine: 'HTTP/1.1 200 €' }))).toEqual({
      statusLine: 'HTTP/1.1 200',
      responseHeaders: { 'x-shop': ['Café', '??'], 'x-emoji': ['a?'] },
    });
  });

  it.each(['200', '400', '599', 'soon', '', '7.5', 'Infinity'])('no server says %j by naming it', (named) => {
    expect(statusThatCame(599, { [unusualStatusHeader]: named })).toBe(599);
    expect(statusThatCame(404, { [unusualStatusHeader]: '999' })).toBe(404);
  });

  it(`${said(500)} heads: a Response can be made of each`, () => {
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
