import { describe, expect, it } from 'vitest';
import { exportHandlers } from '../../../../src-main/ipc/export-handlers.ts';
import type { ExportedFile } from '../../../../src-main/ports/file-export.ts';
import type { ConsoleState } from '../../../../src-shared/window/console-state.ts';
import type { ExportOutcome } from '../../../../src-shared/window/ipc-contract.ts';
import { fail, type Result, succeed } from '../../../../src-shared/result.ts';
import { consoleStates } from '../../../gallery/console-states.ts';

const licensed: ConsoleState = consoleStates.licensed;
const bytes = new Uint8Array([37, 80, 68, 70]);

function setUp({ state = licensed, pdf = succeed(bytes) as Result<Uint8Array> } = {}) {
  const files: ExportedFile[] = [];
  const outcome: Result<ExportOutcome> = succeed({ state: 'cancelled' });
  const handlers = exportHandlers({
    state: () => state,
    print: async () => fail('print_failed'),
    pdf: async () => pdf,
    trustedNow: () => licensed.at,
    fileExport: {
      save: async (file) => {
        files.push(file);
        return outcome;
      },
      showSaved: async () => fail('saved_file_gone'),
    },
  });
  return { files, outcome, handlers };
}

describe('export.save_pdf', () => {
  it('offers the page as a file, named after the server and the day, and returns the outcome', async () => {
    const { files, outcome, handlers } = setUp();
    expect(await handlers['export.save_pdf'](undefined)).toBe(outcome);
    expect(files).toMatchObject([{ suggestedName: 'License summary Store 014 2026-11-26.pdf', content: bytes }]);
  });

  it('does not ask for a file name if the PDF could not be made', async () => {
    const { files, handlers } = setUp({ pdf: fail('pdf_not_made') });
    expect(await handlers['export.save_pdf'](undefined)).toMatchObject({ failure: { code: 'pdf_not_made' } });
    expect(files).toEqual([]);
  });

  it('fails without a license', async () => {
    const { files, handlers } = setUp({ state: consoleStates['not-licensed'] });
    expect(await handlers['export.save_pdf'](undefined)).toMatchObject({ failure: { code: 'not_licensed' } });
    expect(files).toEqual([]);
  });
});

describe('the handover sheet', () => {
  it('is offered as a file under its own name', async () => {
    const { files, outcome, handlers } = setUp();
    expect(await handlers['export.save_sheet'](undefined)).toBe(outcome);
    expect(files).toMatchObject([{ suggestedName: 'Handover sheet Store 014 2026-11-26.pdf', content: bytes }]);
    const refused = setUp({ pdf: fail('pdf_not_made') });
    expect(await refused.handlers['export.save_sheet'](undefined)).toMatchObject({ failure: { code: 'pdf_not_made' } });
  });

  it('comes with the days of the license as a calendar file', async () => {
    const { files, outcome, handlers } = setUp();
    expect(await handlers['export.save_calendar'](undefined)).toBe(outcome);
    expect(files).toMatchObject([
      { suggestedName: 'License days Store 014.ics', content: expect.stringContaining('DTSTART;VALUE=DATE:20270331') },
    ]);
  });

  it.each(['export.save_sheet', 'export.save_calendar'] as const)(
    'does not exist without a license: %s',
    async (call) => {
      const { files, handlers } = setUp({ state: consoleStates['not-licensed'] });
      expect(await handlers[call](undefined)).toMatchObject({ failure: { code: 'not_licensed' } });
      expect(files).toEqual([]);
    },
  );
});

it('prints, and shows the saved file', async () => {
  const { handlers } = setUp();
  expect(await handlers['export.print'](undefined)).toMatchObject({ failure: { code: 'print_failed' } });
  expect(await handlers['export.show_saved'](undefined)).toMatchObject({ failure: { code: 'saved_file_gone' } });
});
