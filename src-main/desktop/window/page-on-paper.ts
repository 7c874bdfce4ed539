import { app, type WebContents } from 'electron';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { Log } from '../../ports/log.ts';

/** Lets the operating system print a page. Failure: `print_failed`. If the person closes the dialog, that is not a failure. */
export function printPage(contents: WebContents, log: Log): Promise<Result<null>> {
  return new Promise((resolve) => {
    contents.print({}, (success, reason) => {
      if (success || /cancel/i.test(reason)) return resolve(succeed(null));
      log.warn('window', 'print_failed');
      resolve(fail('print_failed', { detail: reason }));
    });
  });
}

/** A page as a PDF file, in its print view, with tags for screen readers. Failure: `pdf_not_made`. */
export async function pagePdf(contents: WebContents, log: Log): Promise<Result<Uint8Array>> {
  try {
    const pageSize = paperOf(app.getLocaleCountryCode());
    return succeed(await contents.printToPDF({ pageSize, generateTaggedPDF: true }));
  } catch (thrown) {
    log.error('window', 'pdf_not_made', thrown);
    return fail('pdf_not_made');
  }
}

/** The countries that use the paper size Letter (Unicode CLDR, `paperSize`). All others use A4. */
const lettersHere = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '));

/** The usual paper of a country, by its two-letter code (ISO 3166). A4 if the code is empty. */
export function paperOf(country: string): 'A4' | 'Letter' {
  return lettersHere.has(country) ? 'Letter' : 'A4';
}
