import type { ContextRequest } from '../window/context-menu.ts';
import type { BaseWindow, WebContents } from 'electron';
import type { Failure } from '../../../src-shared/result.ts';
import type { Timer } from '../../ports/timer.ts';
import type { EnteredSignIn } from '../../../src-shared/authorization-pane/sign-in-question.ts';
import type { CertificateSubject, SignInSubject } from '../sign-in-questions.ts';
import type { PanePolicy } from './limits/navigation-policy.ts';
import type { PaneDownloads } from './downloads/pane-downloads.ts';
import type { AwaitedCode } from './reading/page-reading.ts';

interface PaneHabits {
  readonly splitPercent: number;
  readonly zoomPercent: number;
  readonly signOutWhenFinished: boolean;
}

/** How the pages of one view reach the network. */
export interface PagesConnection {
  /** Resolves to null once pages may be opened, or to the reason why they may not. */
  ready(): Promise<Failure | null>;
  /** The error that Chromium would report without the proxy. Undefined if Chromium's own error is right. */
  errorOf(address: string): string | undefined;
  /** Lets the pages of another window of the same session use the connection too. */
  admit(contents: WebContents): void;
  /** Ends every connection of the pages. */
  close(): Promise<void>;
}

export interface AuthorizationPaneDeps {
  readonly window: BaseWindow;
  /** The id of the process that draws the console's own page. */
  readonly consoleProcess: () => number;
  readonly connect: (pages: WebContents, policy: PanePolicy) => PagesConnection;
  readonly timer: Timer;
  readonly habits: () => PaneHabits;
  readonly awaitedCode: () => AwaitedCode | null;
  readonly saveZoom: (zoomPercent: number) => void;
  /** Moves the keyboard focus to the next part of the window: after F6 in the embedded page, or when a notice replaces the page. */
  readonly onLeave: (backwards: boolean) => void;
  /** Returns the keyboard focus to where it was in the console. */
  readonly returnKeyboard: () => void;
  /** Ctrl+F in the embedded page. */
  readonly onFind: () => void;
  /** A person asked for the context menu of a page. */
  readonly onMenu: (request: ContextRequest) => void;
  /** A page's server wants a name and a password. Resolves to null if there are none; `gone` aborts when nobody needs them. */
  readonly askSignIn: (subject: SignInSubject, gone: AbortSignal) => Promise<EnteredSignIn | null>;
  /** A page's server wants a certificate. Resolves to its place in the list, or to null if the server gets none. */
  readonly askCertificate: (subject: CertificateSubject, gone: AbortSignal) => Promise<number | null>;
  readonly downloads: PaneDownloads;
  readonly onChanged: () => void;
}
