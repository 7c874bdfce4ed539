import { cutToBytes, inFileName } from '../../../../src-shared/text/file-name.ts';
import { shownText } from '../../../../src-shared/text/shown-text.ts';

/** The kinds of files that a person gets from such a site, such as invoices and reports. None of them runs when it is opened. */
const kinds: ReadonlySet<string> = new Set(
  'pdf txt log csv tsv json xml ics vcf png jpg jpeg gif webp docx xlsx pptx odt ods odp'.split(' '),
);

/** In bytes, without the extension. */
const mostOfName = 120;
/** Windows treats these names as devices, whatever the extension. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

interface DownloadName {
  /** A name for the file that every file system accepts, with its extension. */
  readonly name: string;
  /** Lower case, without the dot. Null if the console saves no files of this kind. */
  readonly ending: string | null;
}

/** The name for a file that a page offers. Lists what may be saved, because nobody can list everything that systems run. */
export function downloadName(offered: string): DownloadName {
  const [, whole = '', given = ''] = /^(.*?)(?:\.([^.]*))?$/su.exec(shownText(offered)) ?? [];
  const ending = given.toLowerCase();
  const isKnown = kinds.has(ending);
  const stem = inFileName(isKnown ? whole : offered).replace(/^[. ]+/, '');
  if (!isKnown || stem === '') return { name: cutToBytes(stem, mostOfName), ending: null };
  return { name: `${device.test(stem) ? '_' : ''}${cutToBytes(stem, mostOfName).trim()}.${ending}`, ending };
}
