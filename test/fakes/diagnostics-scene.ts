import type { DiagnosticsDisk, DiagnosticsScene } from '../../src-main/diagnostics/diagnostics-part.ts';
import { runPreflight } from '../../src-main/preflight/run-preflight.ts';
import { aboutConsole } from './about-console.ts';
import type { CommandsAtWork } from './commands-at-work.ts';

/** A disk with these files. A file whose text is an error cannot be read. */
export function memoryDisk(files: Readonly<Record<string, string | Error>>): DiagnosticsDisk {
  return {
    logs: ['logs/console.log', 'logs/console.old.log'],
    async readEnd(path) {
      const text = files[path];
      if (text instanceof Error) throw text;
      return text === undefined ? null : { text, leftOutBytes: 0 };
    },
    async list() {
      return Object.entries(files).map(([path, text]) => ({
        path,
        bytes: String(text).length,
        changedAt: Date.UTC(2026, 10, 29, 12),
      }));
    },
  };
}

/** The sources for the diagnostics of a fake console. */
export function diagnosticsScene(work: CommandsAtWork, isInPlace = false): DiagnosticsScene {
  const { servers, notices, localApi, trustedTime, timer } = work.services();
  return {
    product: aboutConsole,
    about: async () => aboutConsole,
    now: () => Date.UTC(2026, 10, 29, 21, 40),
    home: 'C:\\Users\\Back office',
    disk: memoryDisk({ 'logs/console.log': '', 'settings.json': '{}' }),
    services: {
      isInPlace,
      servers: servers.all,
      shownId: servers.shown?.profileId ?? null,
      notices: notices.all,
      trustedTime,
      pairing: () => ({ offer: null, laptop: null }),
      settings: () => [['theme', 'system']],
      localApi: (profileId) => localApi.view(profileId),
      history: () => ({ entries: [], skipped: 0, readable: true }),
      checks: (signal, onResult) => runPreflight(work.preflightScene(), servers.all, { timer, signal, onResult }),
    },
  };
}
