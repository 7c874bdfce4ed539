import { describe, expect, test } from 'vitest';
import { userCodeGroups } from '../../../../src-renderer/license/user-code-groups.ts';

describe('a User Code in groups', () => {
  test.each([
    ['482917035', ['482', '917', '035']],
    ['48291703', ['4829', '1703']],
    ['WDJB-MJHT', ['WDJB-MJHT']],
    ['WDJBMJH', ['WDJBMJH']],
    ['', ['']],
  ])('%s', (code, groups) => {
    expect(userCodeGroups(code)).toEqual(groups);
    expect(userCodeGroups(code).join('')).toBe(code);
  });
});
