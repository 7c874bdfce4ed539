import type { Input, WebContents } from 'electron';
import type { PageFound } from '../../../src-shared/window/console-state.ts';

/** What a key does: opens the find bar, or goes to another match. */
export type FindKey = 'open' | 'next' | 'previous';

/** Undefined for any other key. On a keyboard without Latin letters, the key at the usual place of F counts. */
export function findKeyOf({ key, code, control, meta, alt, shift }: Input): FindKey | undefined {
  if (alt) return undefined;
  if (key === 'F3') return control || meta ? undefined : shift ? 'previous' : 'next';
  const isF = /^[a-z]$/i.test(key) ? key.toLowerCase() === 'f' : code === 'KeyF';
  return isF && !shift && (control || meta) ? 'open' : undefined;
}

/** Finds a text on the shown page. The text is neither logged nor part of any snapshot. */
export class PageFind {
  readonly #onChanged: () => void;
  #contents: WebContents | null = null;
  #text = '';
  #request: number | null = null;
  #found: PageFound | null = null;

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged;
  }

  /** Null before the page has answered. */
  get found(): PageFound | null {
    return this.#found;
  }

  get isActive(): boolean {
    return this.#text !== '';
  }

  watch(contents: WebContents): void {
    this.#contents = contents;
    contents.on('found-in-page', (_event, { requestId, activeMatchOrdinal, matches, finalUpdate }) => {
      if (requestId !== this.#request || !finalUpdate) return;
      this.#found = { ordinal: activeMatchOrdinal, count: matches };
      this.#onChanged();
    });
    contents.on('did-navigate', () => this.stop());
  }

  /** Marks all matches of a text, and goes to the next one if the text has not changed. An empty text ends that. */
  find(text: string, backwards: boolean): void {
    if (text === '') return this.stop();
    const isNew = text !== this.#text;
    if (isNew) this.#found = null;
    this.#text = text;
    // Electron's `findNext` is true for a new text.
    this.#request = this.#contents?.findInPage(text, { forward: !backwards, findNext: isNew }) ?? null;
  }

  again(backwards: boolean): void {
    if (this.isActive) this.find(this.#text, backwards);
  }

  /** The last match stays selected, so that Tab continues from there. */
  stop(): void {
    if (!this.isActive) return;
    this.#contents?.stopFindInPage('keepSelection');
    this.#end();
    this.#onChanged();
  }

  /** The page was closed. */
  leave(): void {
    this.#contents = null;
    this.#end();
  }

  #end(): void {
    this.#text = '';
    this.#request = null;
    this.#found = null;
  }
}
