import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import type { AboutView } from '../../src-shared/support/about-view.ts';
import { builtAt } from '../adapters/computer/built-at.ts';
import { accountLookup } from '../adapters/computer/os-account.ts';
import type { OwnCopy } from '../adapters/computer/other-copies.ts';
import { virtualMachine } from '../adapters/computer/virtual-machine.ts';
import { createDataStorage } from '../adapters/disk/data-storage.ts';
import { createDiagnosticsFiles } from '../adapters/disk/diagnostics-files.ts';
import { proxyScript } from '../adapters/network/proxy-script.ts';
import type { ComposedParts } from './composed-parts.ts';
import type { KeepRunning } from '../desktop/keep-running.ts';
import type { DiagnosticsScene, KeptSettings } from '../diagnostics/diagnostics-part.ts';
import type { DiagnosticsRun } from '../diagnostics/diagnostics-zip.ts';
import { Diagnostics } from '../diagnostics/diagnostics.ts';
import type { HistoryLog } from '../history/history-log.ts';
import type { OfferControl } from '../pairing/laptop/offer-control.ts';
import type { LaptopControl } from '../servers/helped-by-laptop.ts';
import type { TimeService } from '../ports/time-service.ts';
import type { NetworkWitness } from '../preflight/preflight-scene.ts';
import { Preflight, type PreflightDeps } from '../preflight/preflight.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';
import { commandMarker } from '../start/command-line.ts';

interface TroubleshootingDeps extends ComposedParts {
  /** The folder of the console's files. */
  readonly folder: string;
  readonly about: Pick<AboutView, 'version' | 'runtime'>;
  readonly readAbout: () => Promise<AboutView>;
  readonly history: HistoryLog;
  readonly network: NetworkWitness;
  readonly timeService: TimeService | null;
  readonly keepRunning: KeepRunning;
  readonly offer: Pick<OfferControl, 'view'>;
  readonly laptop: Pick<LaptopControl, 'view'>;
}

/**
 * What finds out what is wrong: the checks and the diagnostics, for the window (`preflight`, `diagnostics`) and for commands of the
 * terminal. `isInPlace`: no console runs, so a command runs in this process.
 */
export function composeTroubleshooting(deps: TroubleshootingDeps) {
  const { servers, notices, localApi, trustedTime, timer, clock, log, changes } = deps;
  const checksFor =
    (isInPlace: boolean): PreflightDeps['run'] =>
    async (checked, run) => {
      const { runPreflight } = await import('../preflight/run-preflight.ts');
      const { otherCopies } = await import('../adapters/computer/other-copies.ts');
      const scene = {
        isInPlace,
        servers,
        notices,
        localApi,
        trustedTime,
        builtAt,
        storage: createDataStorage(deps.folder),
        network: deps.network,
        laptop: deps.laptop,
        timeService: deps.timeService,
        background: () => {
          deps.keepRunning.readLoginItem();
          return deps.keepRunning.view(false);
        },
        startsAnother: () => deps.keepRunning.startsAnother,
        otherCopies: () => otherCopies(ownCopy(deps.folder), accountLookup(process.platform)),
        virtualMachine,
        proxyScript,
      };
      return runPreflight(scene, checked, { ...run, timer });
    };
  const diagnosticsScene = (isInPlace: boolean): DiagnosticsScene => ({
    product: deps.about,
    about: deps.readAbout,
    now: () => clock.wallNow(),
    home: homedir(),
    disk: createDiagnosticsFiles(deps.folder, () => log.settle()),
    services: {
      isInPlace,
      servers: servers.all,
      shownId: servers.shown?.profileId ?? null,
      notices: notices.all,
      trustedTime,
      pairing: () => ({ offer: deps.offer.view(), laptop: deps.laptop.view() }),
      settings: () => settingsOfConsole(deps.profiles),
      localApi: (profileId) => localApi.view(profileId),
      history: (profileId) => deps.history.read(profileId),
      checks: (signal, onResult) => checksFor(isInPlace)(servers.all, { signal, onResult }),
    },
  });
  const preflight = new Preflight({
    clock,
    run: checksFor(false),
    onFault: (thrown) => log.error('console', 'preflight_fault', thrown),
    onChanged: changes.notify,
  });
  const diagnostics = new Diagnostics({
    collect: async (run) => {
      const { collectDiagnostics } = await import('../diagnostics/collect-diagnostics.ts');
      return collectDiagnostics(diagnosticsScene(false), { ...run, timer, pause: otherWork });
    },
    now: () => clock.wallNow(),
    onFault: (thrown) => log.error('console', 'diagnostics_fault', thrown),
    onChanged: changes.notify,
  });
  return {
    preflight,
    diagnostics,
    forCommands: {
      preflight: (checked: LicensedServers['all'], isInPlace: boolean) => checksFor(isInPlace)(checked, {}),
      diagnostics: async (isInPlace: boolean, run: DiagnosticsRun) => {
        const { collectZip } = await import('../diagnostics/diagnostics-zip.ts');
        return collectZip(diagnosticsScene(isInPlace), { ...run, timer, pause: otherWork });
      },
    },
  };
}

const otherWork = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** The settings that are not about one server. */
function settingsOfConsole(profiles: ServerProfiles): KeptSettings {
  const { keepsRunning, theme, quietHours, pane, pageZoomPercent } = profiles;
  return [
    ['keeps_running', String(keepsRunning ?? 'not asked')],
    ['theme', theme],
    ['quiet_hours', quietHours.on ? `${quietHours.from} to ${quietHours.to}` : 'off'],
    ['page_zoom_percent', String(pageZoomPercent)],
    ['pane', `split ${pane.splitPercent} %, zoom ${pane.zoomPercent} %, signs out: ${pane.signOutWhenFinished}`],
  ];
}

/** What tells this console from others. */
function ownCopy(dataFolder: string): OwnCopy {
  return {
    program: process.execPath,
    entry: app.isPackaged ? null : app.getAppPath(),
    dataFolder,
    usualFolder: join(app.getPath('appData'), app.getName()),
    process: process.pid,
    uid: process.getuid?.() ?? -1,
    commandMarker,
  };
}
