import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downloadName } from '../../../../../../src-main/desktop/authorization-pane/downloads/download-kind.ts';

describe('the name of a file that a page offers', () => {
  it.each([
    ['STATEMENT.pdf', 'STATEMENT.pdf', 'pdf'],
    ['Invoice 12.PDF', 'Invoice 12.pdf', 'pdf'],
    ['../../.bashrc.txt', 'bashrc.txt', 'txt'],
    ['C:\\Windows\\x.csv', 'C Windows x.csv', 'csv'],
    [`${'a'.repeat(500)}.xlsx`, `${'a'.repeat(120)}.xlsx`, 'xlsx'],
    ['setup.exe.pdf', 'setup.exe.pdf', 'pdf'],
    [`${'店'.repeat(100)}.pdf`, `${'店'.repeat(40)}.pdf`, 'pdf'],
    ['CON.pdf', '_CON.pdf', 'pdf'],
    ['nul.tar.txt', '_nul.tar.txt', 'txt'],
    ['Console.pdf', 'Console.pdf', 'pdf'],
  ])('%j is saved as %j', (offered, name, ending) => {
    expect(downloadName(offered)).toEqual({ name, ending });
  });

  it.each([
    'setup.exe',
    'invoice.pdf.exe',
    'invoice.pdf.',
    'invoice.pdf ',
    'page.html',
    'x.svg',
    'macro.docm',
    'x.lnk',
    'x.desktop',
    'x.scr',
    'x.zip',
    'x.pdf:y.exe',
    '.pdf',
    'pdf',
    '',
    'invoice\u202efdp.exe',
  ])('%j is not saved', (offered) => {
    // A space at its end is removed before the check.
    expect(downloadName(offered).ending).toBe(offered === 'invoice.pdf ' ? 'pdf' : null);
  });

  it('never leads out of its folder, and ends as it is judged, for any text', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        const { name, ending } = downloadName(`${text}.pdf`);
        expect(name).not.toMatch(/[\\/:*?"<>|\u202e]|^\./);
        if (ending !== null) expect(name.endsWith(`.${ending}`)).toBe(true);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
      }),
    );
  });
});
