import { describe, expect, it } from 'vitest';
import { hostPatterns, namesHost } from '../../../../src-shared/servers/host-patterns.ts';

describe('a list of hosts', () => {
  it('is separated by commas, blanks or both, in any letters', () => {
    const patterns = ['sso.example.com', '*.corp.example', 'intranet'];
    expect(hostPatterns(' SSO.example.com,\n*.corp.example  intranet, ')).toEqual({ patterns, all: true });
    expect(hostPatterns(' ')).toEqual({ patterns: [], all: true });
  });

  it.each([
    '*',
    '*.*',
    '*.com',
    '*.',
    '**.example.com',
    '*example.com',
    'sso.*.com',
    'https://sso.example.com',
    'sso.example.com:8443',
    'sso.example.com/',
    '<local>',
    '.example.com',
    'sso..example.com',
    'sso.example.com.',
    '-sso.example.com',
    '[::1]',
    '10.0.0.0/8',
    'sso.example.com;evil.example',
    'münchen.example',
    `${'x'.repeat(64)}.example`,
    `${'x.'.repeat(127)}example`,
  ])('leaves out %j, and keeps the hosts next to it', (text) => {
    expect(hostPatterns(`one.example, ${text}`)).toEqual({ patterns: ['one.example'], all: false });
  });

  it.each([
    ['sso.example.com', true],
    ['x.sso.example.com', false],
    ['corp.example', false],
    ['a.corp.example', true],
    ['a.b.corp.example', true],
    ['evilcorp.example', false],
    ['', false],
  ])('names %j: %s', (host, named) => {
    expect(namesHost(['sso.example.com', '*.corp.example'], host)).toBe(named);
  });
});
