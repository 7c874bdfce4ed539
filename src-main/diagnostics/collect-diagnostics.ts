import type { DiagnosticsFileKind } from '../../src-shared/support/diagnostics-view.ts';
import { checkCount } from '../../src-shared/support/preflight.ts';
import { shown } from '../../src-shared/text/shown-text.ts';
import { diagnosticsWords } from '../../src-shared/words/diagnostics-words.ts';
import { words } from '../../src-shared/words/words.ts';
import type { Timer } from '../ports/timer.ts';
import type { DiagnosticsPart, DiagnosticsScene, Found, GatheredFile } from './diagnostics-part.ts';
import { about } from './parts/about.ts';
import { checks } from './parts/checks.ts';
import { dataFolder } from './parts/data-folder.ts';
import { failures } from './parts/failures.ts';
import { history } from './parts/history.ts';
import { licenses } from './parts/licenses.ts';
import { logs } from './parts/logs.ts';
import { settings } from './parts/settings.ts';
import { state } from './parts/state.ts';
import { type RedactionFacts, redactedLine } from './redaction.ts';

/** In the order in which they are collected. `failures` summarizes what the earlier parts found. */
const parts: readonly DiagnosticsPart[] = [
  about,
  settings,
  checks,
  licenses,
  state,
  history,
  logs,
  failures,
  dataFolder,
];

/** A part that takes longer is left out. */
const partLimitMs = 20_000;
/** The most bytes of one file and of all files. The zip of that fits into an e-mail. */
const mostBytesOfFile = 1_300_000;
const mostBytes = 4_000_000;

const linesAtOnce = 100;

/** One file as it is in the zip. */
export interface CollectedFile {
  readonly name: string;
  readonly kind: DiagnosticsFileKind;
  readonly bytes: Uint8Array;
}

export interface CollectingRun {
  readonly timer: Timer;
  /** Ends the collecting. */
  readonly signal?: AbortSignal;
  /** Lets other work of this process continue: redacting a whole log takes a second. */
  readonly pause?: () => Promise<void>;
  /** `done` of `total` steps have ended. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Collects the diagnostics, each part on its own: a part that fails, or does not end, becomes a line of the README. The README is the first
 * file. Every line is redacted and contains only characters that a person can read. Null if the run was cancelled. Never throws.
 */
export async function collectDiagnostics(
  scene: DiagnosticsScene,
  { timer, signal, pause = async () => {}, onProgress }: CollectingRun,
): Promise<readonly CollectedFile[] | null> {
  const found: Found = { logs: [], histories: [] };
  const missing: string[] = [];
  const facts = factsOf(scene);
  const room = { left: mostBytes };
  const files: CollectedFile[] = [];
  const total = parts.length + (scene.services ? checkCount(scene.services.servers.length) : 0);
  let done = 0;
  let checked = 0;
  const reportProgress = () => onProgress?.(Math.min(done + checked, total), total);
  for (const part of parts) {
    if (signal?.aborted) return null;
    reportProgress();
    const onCheck = () => {
      checked += 1;
      reportProgress();
    };
    const gathered = await gather(part, { scene, found, onCheck }, { timer, ...(signal ? { signal } : {}) });
    if (typeof gathered === 'string') missing.push(`${part.name}: ${clean(gathered.slice(0, 300), facts)}`);
    else for (const file of gathered) files.push(await collected(part.kind, file, { facts, room, pause }));
    done += 1;
    // Checks that do not apply here are not counted.
    if (part === checks) checked = total - parts.length;
  }
  if (signal?.aborted) return null;
  reportProgress();
  return [readme(scene, files, missing), ...files];
}

/** The content of the part, or why it could not be read. */
async function gather(
  part: DiagnosticsPart,
  call: { readonly scene: DiagnosticsScene; readonly found: Found; readonly onCheck: () => void },
  { timer, signal }: Pick<CollectingRun, 'timer' | 'signal'>,
): Promise<readonly GatheredFile[] | string> {
  const ending = new AbortController();
  const over = new AbortController();
  const end = () => ending.abort();
  signal?.addEventListener('abort', end, { signal: over.signal });
  const { limitMs = partLimitMs } = part;
  let cancelTimers: readonly (() => void)[] = [];
  const cut = new Promise<string>((resolve) => {
    const give = () => resolve(diagnosticsWords.couldNotBeRead(diagnosticsWords.tookTooLong));
    // A part that reacts to the signal still returns what it has.
    cancelTimers = [timer.schedule(limitMs, end), timer.schedule(limitMs + 5_000, give)];
    signal?.addEventListener('abort', give, { signal: over.signal });
  });
  try {
    return await Promise.race([part.gather({ ...call, signal: ending.signal }), cut]);
  } catch (thrown) {
    return diagnosticsWords.couldNotBeRead(thrown instanceof Error ? thrown.message : typeof thrown);
  } finally {
    for (const cancel of cancelTimers) cancel();
    over.abort();
  }
}

/** Texts that are not secret in any part. If the services are missing or broken, more is removed. */
function factsOf({ home, services }: DiagnosticsScene): RedactionFacts {
  try {
    const known = services?.servers.flatMap(({ profile, license }) => {
      const { serverId, licenseId, organization, hub } = license.view()?.details ?? {};
      return [profile.id, profile.clientId, profile.serverName, serverId, licenseId, organization?.id, hub?.serverId];
    });
    return { home, plain: (known ?? []).filter((text) => text !== undefined) };
  } catch {
    return { home, plain: [] };
  }
}

/** Redacted, then made readable: the window and the zip show the same text. */
function clean(line: string, facts: RedactionFacts): string {
  return shown(redactedLine(line, facts));
}

interface Collecting {
  readonly facts: RedactionFacts;
  /** The bytes that are left for all files. */
  readonly room: { left: number };
  readonly pause: () => Promise<void>;
}

async function collected(
  kind: DiagnosticsFileKind,
  { name, lines, plain = [] }: GatheredFile,
  { facts, room, pause }: Collecting,
): Promise<CollectedFile> {
  const known = { ...facts, plain: [...facts.plain, ...plain] };
  const most = Math.min(mostBytesOfFile, room.left);
  const cleaned: string[] = [];
  for (const [nth, line] of lines.entries()) {
    cleaned.push(clean(line, known));
    if (nth % linesAtOnce === linesAtOnce - 1) await pause();
  }
  const kept = kind === 'log' ? latestOf(cleaned, most) : earliestOf(cleaned, most);
  const bytes = bytesOf(kept);
  room.left = Math.max(0, room.left - bytes.length);
  return { name, kind, bytes };
}

/** The last lines that fit, since the newest matter most. */
function latestOf(lines: readonly string[], most: number): readonly string[] {
  const kept = earliestOf(lines.toReversed(), most, diagnosticsWords.earlierLinesLeftOut);
  return kept.toReversed();
}

function earliestOf(
  lines: readonly string[],
  most: number,
  note: string = diagnosticsWords.linesLeftOut,
): readonly string[] {
  let left = most - note.length - 1;
  const end = lines.findIndex((line) => {
    left -= bytesOf([line]).length;
    return left < 0;
  });
  return end === -1 ? lines : [...lines.slice(0, end), note];
}

function bytesOf(lines: readonly string[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
}

/** The lines of a file as {@link collectDiagnostics} wrote them. */
export function linesOf({ bytes }: CollectedFile): readonly string[] {
  return new TextDecoder().decode(bytes).split('\n').slice(0, -1);
}

function readme(scene: DiagnosticsScene, files: readonly CollectedFile[], missing: readonly string[]): CollectedFile {
  const { readme: text, kinds } = diagnosticsWords;
  const lines = [
    text.title(scene.product.version, scene.product.runtime),
    text.madeAt(words.dates.exact(scene.now())),
    '',
    text.send,
    text.promise,
    '',
    text.files,
    ...files.map(({ name, kind }) => `${name}: ${kinds[kind]}`),
    ...(missing.length > 0 ? ['', text.missing, ...missing] : []),
  ];
  return { name: 'README.txt', kind: 'readme', bytes: bytesOf(lines) };
}
