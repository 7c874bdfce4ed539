/** Is a modal dialog open? It covers the page, so the keys of the page do nothing. */
export const isDialogOpen = (): boolean => document.querySelector('dialog[open]') !== null;
