import type { Failure } from '../result.ts';

/** What a file of the diagnostics is about. */
export type DiagnosticsFileKind =
  | 'readme'
  | 'about'
  | 'settings'
  | 'checks'
  | 'licenses'
  | 'state'
  | 'history'
  | 'log'
  | 'failures'
  | 'data_folder';

/** One file of the diagnostics, as the list shows it. */
export interface DiagnosticsFileView {
  readonly name: string;
  readonly kind: DiagnosticsFileKind;
  readonly bytes: number;
}

/** The diagnostics that a person asked for in the window. */
export type DiagnosticsView =
  | { readonly state: 'collecting'; readonly done: number; readonly total: number }
  /** The main process keeps them until the person closes their dialog. */
  | { readonly state: 'collected'; readonly files: readonly DiagnosticsFileView[] }
  | { readonly state: 'failed'; readonly failure: Failure };

/** The text of one file, exactly as it is saved. */
export interface DiagnosticsText {
  readonly name: string;
  readonly lines: readonly string[];
}
