import { describe, expect, it, vi } from 'vitest';
import { pagePdf, paperOf, printPage } from '../../../../../src-main/desktop/window/page-on-paper.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';

vi.mock('electron', () => ({ app: { getLocaleCountryCode: () => 'US' } }));

type Contents = Parameters<typeof printPage>[0];

const printing = (success: boolean, reason: string) => {
  const log = new MemoryLog();
  const print = (_options: unknown, done: (success: boolean, reason: string) => void) => done(success, reason);
  return printPage({ print } as unknown as Contents, log).then((outcome) => ({ outcome, said: log.said }));
};

describe('printing a page', () => {
  it('does not count as failed if the person closes the dialog', async () => {
    expect(await printing(true, '')).toMatchObject({ outcome: { ok: true }, said: [] });
    expect(await printing(false, 'Print job canceled')).toMatchObject({ outcome: { ok: true }, said: [] });
  });

  it('fails with print_failed, and a line in the log', async () => {
    const { outcome, said } = await printing(false, 'Invalid printer settings');
    expect(outcome).toMatchObject({ failure: { code: 'print_failed' } });
    expect(said).toHaveLength(1);
  });
});

describe('a page as a PDF file', () => {
  it('has the paper size of the country', async () => {
    const printToPDF = vi.fn(async () => Buffer.from('%PDF'));
    const made = await pagePdf({ printToPDF } as unknown as Contents, new MemoryLog());
    expect(made.ok && Buffer.from(made.value).toString()).toBe('%PDF');
    expect(printToPDF).toHaveBeenCalledWith(expect.objectContaining({ pageSize: 'Letter' }));
    expect(['CA', 'DE', 'GB', ''].map(paperOf)).toEqual(['Letter', 'A4', 'A4', 'A4']);
  });

  it('fails with pdf_not_made, and a line in the log', async () => {
    const log = new MemoryLog();
    const printToPDF = () => Promise.reject(new Error('Failed to generate PDF'));
    expect(await pagePdf({ printToPDF } as unknown as Contents, log)).toMatchObject({
      failure: { code: 'pdf_not_made' },
    });
    expect(log.said).toHaveLength(1);
  });
});
