import { describe, expect, it } from 'vitest';
import type { ServerDifference } from '../../../../../src-shared/servers/server-difference.ts';
import { serverQuestionWords } from '../../../../../src-shared/words/english/server-question-words.ts';

const difference: ServerDifference = {
  differs: ['serverName'],
  meant: { serverName: 'Store 014' },
  found: { serverName: 'Store 016', serverId: 'store-016' },
  newName: 'Store 016',
};
const { headline, meaning, alike, rows, keep, keepMeans } = serverQuestionWords;

describe('the question about another device', () => {
  it('says where the names only look the same', () => {
    expect(alike(difference)).toBeNull();
    expect(alike({ ...difference, found: { serverName: 'Stоre 014' } })).toMatch(/another alphabet/);
    expect(alike({ ...difference, differs: ['serverId'], found: { serverName: 'Stоre 014' } })).toBeNull();
  });

  it('cuts long names, so that the answers stay in sight', () => {
    const long = 'W'.repeat(300);
    const said = { ...difference, meant: { serverName: long }, found: { serverName: long }, newName: long };
    for (const text of [headline(said), keepMeans(said), keepMeans({ ...difference, takenName: long })])
      expect(text.length).toBeLessThan(200);
    expect(rows(said)).toEqual([['Server', long, long]]);
  });

  it('names what was meant where the token has an edition or a type that nobody knows', () => {
    const unknown = { ...difference, meant: { edition: 'store', deviceType: 'server' }, found: { edition: 'kiosk' } };
    expect(rows({ ...unknown, differs: ['edition', 'deviceType', 'organization'] })).toEqual([
      ['Edition', 'Store', 'kiosk'],
      ['Device type', 'Server', 'Unknown'],
      ['Organization', 'Unknown', 'Unknown'],
    ]);
  });

  it('speaks of no difference after the server was given the name of the device', () => {
    const none = { differs: [], meant: { serverName: 'Store 016' }, found: { serverName: 'Store 016' } } as const;
    expect(headline(none)).toBe('A new license for Store 016 is waiting for your answer');
    expect(meaning(none)).toMatch(/fits this server/);
    expect(rows(none)).toEqual([]);
    expect(keep(none)).toBe('Keep it');
  });

  it('says why the server keeps its name', () => {
    const { newName: _, ...taken } = { ...difference, takenName: 'Store 016' };
    expect(keep(taken)).toBe('Keep it');
    expect(keepMeans(taken)).toMatch(/keeps its name, because another server in this console is called Store 016/);
  });
});
