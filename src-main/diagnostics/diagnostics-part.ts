import type { AboutView } from '../../src-shared/support/about-view.ts';
import type { ConsoleState, Notice } from '../../src-shared/window/console-state.ts';
import type { DiagnosticsFileKind } from '../../src-shared/support/diagnostics-view.ts';
import type { HistoryEntry } from '../../src-shared/history/history-entry.ts';
import type { LocalApiView } from '../../src-shared/registers/local-api-view.ts';
import type { CheckResult, PreflightReport } from '../../src-shared/support/preflight.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { diagnosticsWords } from '../../src-shared/words/diagnostics-words.ts';
import type { KeptHistory } from '../history/history-log.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { TrustedTime } from '../time/trusted-time.ts';

/** The sources of the diagnostics. Each member may throw, hang or return wrong values: each part is collected separately. */
export interface DiagnosticsScene {
  /** Version and runtime of the console, which the README names even if nothing else can be read. */
  readonly product: Pick<AboutView, 'version' | 'runtime'>;
  /** What _About_ shows. */
  about(): Promise<AboutView>;
  /** Wall time of this computer, in ms. */
  now(): number;
  readonly disk: DiagnosticsDisk;
  /** The home folder of the account. */
  readonly home: string;
  /** Null if the console could not start. */
  readonly services: DiagnosticsServices | null;
  /** Why it could not start. */
  readonly trouble?: Failure;
}

/** The parts of a console that has started. */
export interface DiagnosticsServices {
  /** Whether no console runs, so that a command collects them in its own process. */
  readonly isInPlace: boolean;
  readonly servers: readonly Pick<
    LicensedServer,
    'profile' | 'license' | 'acquisition' | 'refresh' | 'connection' | 'removal'
  >[];
  readonly shownId: string | null;
  readonly notices: readonly Notice[];
  readonly trustedTime: Pick<TrustedTime, 'evaluate'>;
  /** This console's offer to help servers, and the laptop that helps one of its own. */
  pairing(): Pick<ConsoleState, 'offer' | 'laptop'>;
  settings(): KeptSettings;
  localApi(profileId: string): LocalApiView;
  history(profileId: string): KeptHistory;
  /** Runs the checks of this computer and of all servers. */
  checks(signal: AbortSignal, onResult: (result: CheckResult) => void): Promise<PreflightReport>;
}

/** The settings of the console that are not about one server, as names and values. */
export type KeptSettings = readonly (readonly [name: string, value: string])[];

/** The files of the console. */
export interface DiagnosticsDisk {
  /** The paths of the log and of the older log, below the data folder. */
  readonly logs: readonly string[];
  /**
   * The end of a file in the data folder, at most that many bytes, from the beginning of a line on. Null if there is no such file.
   * Throws if it cannot be read.
   */
  readEnd(path: string, most: number): Promise<{ readonly text: string; readonly leftOutBytes: number } | null>;
  /** The entries of the data folder, without the content of the files. Throws if the folder cannot be read. */
  list(): Promise<readonly ListedFile[]>;
}

export interface ListedFile {
  /** Below the data folder, with slashes. A folder ends with one. */
  readonly path: string;
  readonly bytes: number;
  /** When it was changed, in ms since the Unix epoch. */
  readonly changedAt: number;
}

/** One file of the diagnostics, before it is redacted. */
export interface GatheredFile {
  /** In plain ASCII. */
  readonly name: string;
  readonly lines: readonly string[];
  /** Texts in this file that look like secrets but are not. */
  readonly plain?: readonly string[];
}

/** What parts find for a later part that summarizes it. */
export interface Found {
  readonly logs: string[];
  readonly histories: { readonly profile: ServerProfile; readonly entries: readonly HistoryEntry[] }[];
}

interface PartCall {
  readonly scene: DiagnosticsScene;
  readonly found: Found;
  readonly signal: AbortSignal;
  /** Called when one of the checks has ended. */
  readonly onCheck: () => void;
}

/** One part of the diagnostics. */
export interface DiagnosticsPart {
  readonly kind: DiagnosticsFileKind;
  /** Names the part if it could not be read. */
  readonly name: string;
  /** How long it may take, in ms, if that is longer than usual. Then its signal is aborted. */
  readonly limitMs?: number;
  /** Throws if the part cannot be read. */
  gather(call: PartCall): Promise<readonly GatheredFile[]>;
}

/** The services, for a part that needs them. Throws if the console has not started. */
export function servicesOf({ services }: DiagnosticsScene): DiagnosticsServices {
  if (!services) throw new Error(diagnosticsWords.notStarted);
  return services;
}
