import { inFileName } from '../../../src-shared/file-name.ts';

/** The kinds of files that a person gets from such a site, such as invoices and reports. None of them runs when it is opened. */
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

/** The name for a file that a page offers. Lists what may be saved, because nobody can list everything that systems run. */
export function downloadName(offered: string): DownloadName {
  const cleaned = inFileName(offered).replace(/^[. ]+/, '');
  const dot = cleaned.lastIndexOf('.');
  const ending = dot > 0 ? cleaned.slice(dot + 1).toLowerCase() : '';
  if (!kinds.has(ending)) return { name: cleaned.slice(0, mostOfName), ending: null };
  return { name: `${cleaned.slice(0, Math.min(dot, mostOfName)).trim()}.${ending}`, ending };
}
