import { describe, expect, it } from 'vitest';
import { searchedTopics } from '../../../../src-renderer/help/help-search.ts';
import { helpTopics } from '../../../../src-shared/window/place.ts';
import { helpWords } from '../../../../src-shared/words/help-words.ts';

describe('the search of Help', () => {
  it('finds everything while nothing is searched', () => {
    expect(searchedTopics('')).toEqual(helpTopics);
    expect(searchedTopics('  ')).toEqual(helpTopics);
  });

  it.each([
    ['expired', 'expired'],
    ['license expired', 'expired'],
    ['token expired', 'token'],
    ['new pc', 'new_pc'],
    ['broken', 'new_pc'],
    ['requires renewal', 'renewal'],
    ['no internet', 'connection'],
    ['wi-fi', 'connection'],
    ['clock wrong', 'clock'],
    ['wrong server', 'wrong_server'],
    ['keychain locked', 'keychain'],
    ['proxy password', 'proxy'],
    ['which certificate', 'company_sign_in'],
    ['kerberos', 'company_sign_in'],
    ['passkey', 'company_sign_in'],
    ['code expired', 'user_code'],
    ['code denied', 'user_code'],
    ['several servers', 'servers'],
    ['close window', 'closing'],
    ['quit', 'closing'],
    ['store secret', 'stored'],
    ['ctrl+f', 'keys'],
    ['register refused', 'registers'],
  ])('%s: the first answer is %s', (search, topic) => {
    expect(searchedTopics(search)[0]).toBe(topic);
  });

  it('ignores case, accents, blanks and the order of words', () => {
    const found = searchedTopics('proxy password');
    for (const search of ['  PASSWORD   Proxy ', 'pássword\u00a0pröxy']) expect(searchedTopics(search)).toEqual(found);
  });

  it('finds only answers that contain every word', () => {
    expect(searchedTopics('proxy battery')).toEqual([]);
    expect(searchedTopics('gremlins')).toEqual([]);
  });

  it('has a question or a short sentence as each heading, and no heading twice', () => {
    const headings = helpTopics.map((name) => helpWords[name].heading);
    expect(new Set(headings).size).toBe(headings.length);
    for (const heading of headings) expect(heading).toMatch(/\?$/);
  });
});
