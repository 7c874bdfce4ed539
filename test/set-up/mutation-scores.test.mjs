import { describe, expect, it } from 'vitest';
import { killsEnough, mutationTable, scoresOf } from './mutation-scores.mjs';

const mutant = (status, replacement = 'false') => ({ status, replacement, location: { start: { line: 2 } } });
const report = (mutants) => ({ files: { 'src/a.ts': { source: 'one\n  two(1)\n', mutants } } });
const known = [{ file: 'src/a.ts', line: 'two(1)', replacements: ['true'], why: 'the same' }];

describe('mutation scores', () => {
  it('count killed mutants, including those by a time limit, and leave out mutants that cannot run', () => {
    const [score] = scoresOf(report([mutant('Killed'), mutant('Timeout'), mutant('CompileError'), mutant('Ignored')]));
    expect(score).toMatchObject({ kills: 2, equivalent: 0, survivors: [] });
    expect(killsEnough(score)).toBe(true);
  });

  it('count a mutant that no test reaches as one that survived', () => {
    const [score] = scoresOf(report([mutant('Killed'), mutant('NoCoverage'), mutant('Survived')]));
    expect(score?.survivors).toHaveLength(2);
    expect(killsEnough(score)).toBe(false);
    expect(mutationTable([score])).toContain('src/a.ts  33.3 %  1 of 3 killed  0 equivalent');
    expect(mutationTable([score])).toContain('survived: src/a.ts:2: two(1)  ->  false');
  });

  it('leave out exactly the mutants that are listed as equivalent', () => {
    const [score] = scoresOf(report([mutant('Killed'), mutant('Survived', 'true'), mutant('Survived')]), known);
    expect(score).toMatchObject({ kills: 1, equivalent: 1, survivors: [{ replacement: 'false' }] });
  });

  it.each([
    [19, 1, true],
    [18, 1, false],
    [0, 0, false],
  ])('%d killed and %d left is enough: %s', (kills, left, isEnough) => {
    const mutants = [
      ...Array.from({ length: kills }, () => mutant('Killed')),
      ...Array.from({ length: left }, () => mutant('Survived')),
    ];
    expect(killsEnough(scoresOf(report(mutants))[0])).toBe(isEnough);
  });
});
