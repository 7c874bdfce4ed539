import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSupportContact, supportContactFile } from '../../../../../src-main/adapters/desktop/support-contact.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

const owner = process.getuid?.() ?? 0;
const contact = { name: 'Help desk', phone: '+1 555 0100', email: 'help@fusion.example', url: 'https://help.example' };

let folder: string;
let file: string;
let log: MemoryLog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'support-contact-'));
  file = join(folder, 'support.json');
  log = new MemoryLog();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (support: unknown) => {
  writeFileSync(file, typeof support === 'string' ? support : JSON.stringify({ support }), { mode: 0o644 });
  return createSupportContact({ file, owner }, log)();
};
const refused = (reason: string) => ({ state: 'refused', file, reason });

it('is absent without a file, and the log has no line about that', () => {
  expect(createSupportContact({ file, owner }, log)()).toEqual({ state: 'none' });
  expect(log.lines).toEqual([]);
});

it('is next to the other file of the administrator', () => {
  expect(supportContactFile('linux', {})).toBe('/etc/fusion-license-console/support.json');
});

describe('a file of the administrator', notOnWindows('ownFile'), () => {
  it('is read once, at the first call', () => {
    const ask = createSupportContact({ file, owner }, log);
    writeFileSync(file, `\uFEFF${JSON.stringify({ support: { ...contact, hours: 'always' }, later: 1 })}`);
    expect(ask()).toEqual({ state: 'set', contact: { ...contact, hours: 'always' } });
    rmSync(file);
    expect(ask()).toMatchObject({ state: 'set' });
  });

  it('may leave out the members that a company does not have', () => {
    expect(read({ phone: '0800 555' })).toEqual({ state: 'set', contact: { phone: '0800 555' } });
  });

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['another form', '[]'],
    ['no way to reach anybody', { name: 'Help desk', hours: 'always' }],
    ['an empty name', { ...contact, name: '' }],
    ['a long name', { ...contact, name: 'x'.repeat(201) }],
    ['a phone number with letters', { phone: 'call me' }],
    ['a mail with a file', { email: 'help@fusion.example?attach=/etc/passwd' }],
    ['two mails', { email: 'help@fusion.example,other@fusion.example' }],
    ['an address without encryption', { url: 'http://help.example' }],
    ['a program', { url: 'file:///bin/sh' }],
    ['a password', { url: 'https://user:password@help.example' }],
    ['a good and a bad way', { ...contact, url: 'ms-settings:privacy' }],
    ['a large file', ' '.repeat(65 * 1024)],
  ])('is refused as malformed: %s', (_what, support) => {
    expect(read(support)).toEqual(refused('malformed'));
  });

  it('is refused if it is a folder', () => {
    mkdirSync(file, { mode: 0o755 });
    expect(createSupportContact({ file, owner }, log)()).toEqual(refused('malformed'));
  });

  it('is refused if ordinary users can write it, and the log says so once', () => {
    writeFileSync(file, JSON.stringify({ support: contact }));
    chmodSync(file, 0o666);
    const ask = createSupportContact({ file, owner }, log);
    expect([ask(), ask()]).toEqual([refused('writable'), refused('writable')]);
    expect(log.said).toEqual([{ level: 'warn', area: 'files', event: 'support_contact_refused', reason: 'writable' }]);
  });
});
