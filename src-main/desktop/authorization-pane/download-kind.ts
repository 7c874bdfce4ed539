import { inFileName } from '../../../src-shared/file-name.ts';

/** What a person gets from a sign-in, an invoice or a report. Nothing of this runs when it is opened. */
const kinds: ReadonlySet<string> = new Set(
  'pdf txt log csv tsv json xml ics vcf png jpg jpeg gif webp docx xlsx pptx odt ods odp'.split(' '),
);

const mostOfName = 120;

export interface DownloadName {
  /** A name for the file on every file system, with its ending. */
  readonly name: string;
  /** Lower case, without the dot. Null if the console saves no files of this kind. */
  readonly ending: string | null;
}

/** The name for a file that a page offers. A list of what is saved, because what programs and systems run cannot be listed. */
export function downloadName(offered: string): DownloadName {
  const cleaned = inFileName(offered).replace(/^[. ]+/, '');
  const dot = cleaned.lastIndexOf('.');
  const ending = dot > 0 ? cleaned.slice(dot + 1).toLowerCase() : '';
  if (!kinds.has(ending)) return { name: cleaned.slice(0, mostOfName), ending: null };
  return { name: `${cleaned.slice(0, Math.min(dot, mostOfName)).trim()}.${ending}`, ending };
}
