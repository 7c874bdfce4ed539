/** The outcome of saving a file, with the name that the person gave it. */
export type ExportOutcome = { readonly state: 'saved'; readonly fileName: string } | { readonly state: 'cancelled' };
