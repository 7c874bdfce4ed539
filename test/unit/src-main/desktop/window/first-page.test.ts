import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstPaintMarkup } from '../../../../../src-shared/window/first-paint.ts';
import { evaluateLicense } from '../../../../../src-main/license/evaluate-license.ts';
import { firstPage } from '../../../../../src-main/desktop/window/first-page.ts';
import { profile } from '../../../../fakes/fake-authorization-server.ts';
import { shownState } from '../../../../fakes/shown-state.ts';
import { said, tries } from '../../../../fakes/tries.ts';

const document = '<!doctype html><head><!--console-state--></head><body><div id="root"><!--first-paint--></div></body>';
const opening = '<script type="application/json" id="console-state">';

const hostile = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '-->',
  '<!--first-paint-->',
  '<!--console-state-->',
  "$& $` $' $1 $$ $<name>",
  '<img src=x onerror=alert(1)>',
  '" onmouseover="alert(1)',
  "' autofocus onfocus='alert(1)",
  '&lt;script&gt;',
  '\u2028\u2029',
  '\ud800',
  '{{constructor}}',
];

const stateOf = (text: string) => {
  const details = {
    serverId: text,
    serverName: text,
    organization: { id: text, name: text },
    features: [text],
    hub: { serverId: text, name: text, url: text },
    tokenIssuedAt: 0,
    tokenExpiresAt: 8e12,
  };
  return shownState({
    profile: { ...profile, serverName: text },
    servers: [
      { ...profile, id: 'p1', serverName: text, edition: 'store', licensed: true },
      { ...profile, id: 'p2', serverName: text, edition: 'store', licensed: false },
    ],
    license: { details, evaluation: evaluateLicense(details, 1e12) },
  });
};

/** The parts of the page: the data of its only script, and its markup. */
function apart(page: string) {
  const from = page.indexOf(opening) + opening.length;
  const to = page.indexOf('</script>', from);
  return { data: JSON.parse(page.slice(from, to)), rest: page.slice(0, from) + page.slice(to) };
}

describe('E5: the first page', () => {
  it.each(hostile)('contains a server name as data and never as markup: %j', (text) => {
    const state = stateOf(text);
    const { data, rest } = apart(firstPage(document, state, firstPaintMarkup));
    expect(data).toEqual(JSON.parse(JSON.stringify(state)));
    const quiet = apart(firstPage(document, stateOf('plain'), firstPaintMarkup)).rest;
    const tags = (html: string) => html.match(/<[a-z!/][^>]*/gi)?.map((tag) => tag.split(/[\s"=]/)[0]);
    expect(tags(rest)).toEqual(tags(quiet));
    expect(rest.match(/\son[a-z]+="/gi)).toBeNull();
  });

  it(`contains ${said(500)} random texts as data and never as markup`, () => {
    const quiet = apart(firstPage(document, stateOf('plain'), firstPaintMarkup)).rest.match(/<[a-z!/]/gi)?.length;
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('<', '>', '"', "'", '&', '$', '`', '/', '!', '-', 'script', 'a', ' ', '\u0000'),
          minLength: 1,
        }),
        (text) => {
          const state = stateOf(text);
          const { data, rest } = apart(firstPage(document, state, firstPaintMarkup));
          expect(data.profile.serverName).toBe(text);
          expect(rest.match(/<[a-z!/]/gi)?.length).toBe(quiet);
        },
      ),
      { numRuns: tries(500) },
    );
  });

  it('equals the document if that has no placeholders', () => {
    expect(firstPage('<p>$&</p>', stateOf('x'), firstPaintMarkup)).toBe('<p>$&</p>');
  });
});
