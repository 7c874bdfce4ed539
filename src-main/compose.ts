import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, session as sessions } from 'electron';
import type { ProfileSettings } from '../src-shared/server-profile.ts';
import { createAxiosHttp } from './adapters/axios-http.ts';
import { createElectronPowerEvents } from './adapters/electron-power-events.ts';
import { ElectronStoreDocuments } from './adapters/electron-store-documents.ts';
import { createFileLog } from './adapters/file-log.ts';
import { KeytarSecretStore } from './adapters/keytar-secret-store.ts';
import { nodeSeal } from './adapters/node-seal.ts';
import { systemBrowser } from './adapters/system-browser.ts';
import { systemClipboard } from './adapters/system-clipboard.ts';
import { systemTimer } from './adapters/system-timer.ts';
import { ConsoleScreen } from './console-screen.ts';
import { ConsoleService } from './console-service.ts';
import { TrustedTime } from './license/trusted-time.ts';
import type { Clock } from './ports/clock.ts';
import { ServerProfiles } from './profiles/server-profiles.ts';

export interface ConsolePaths {
  readonly userData: string;
  readonly preload: string;
  readonly renderer: string;
  readonly secretStoreProcess: string;
}

export interface Console {
  show(): void;
  /** Resolves when tokens that were on their way into the keychain are there. */
  close(): Promise<void>;
}

/** The composition root: the one place where adapters meet services. */
export function composeConsole(clock: Clock, paths: ConsolePaths, preset: ProfileSettings | null): Console {
  let screen: ConsoleScreen | null = null;
  const timer = systemTimer;
  const log = createFileLog(join(paths.userData, 'logs', 'console.log'));
  const documents = new ElectronStoreDocuments(
    paths.userData,
    () => clock.wallNow(),
    () => service.note('settings_not_written'),
  );
  const profiles = new ServerProfiles(documents, randomUUID);
  const secrets = new KeytarSecretStore(paths.secretStoreProcess);
  const service: ConsoleService = new ConsoleService({
    profiles,
    about: { version: app.getVersion(), runtime: `Electron ${process.versions.electron}` },
    parts: {
      http: createAxiosHttp((name) => sessions.fromPartition(name, { cache: false }), log),
      clock,
      timer,
      random: Math.random,
      documents,
      secrets,
      seal: nodeSeal,
      trustedTime: new TrustedTime(clock),
      onUserCode: (userCode) => void systemClipboard.write(userCode),
      onLicensed: () => screen?.finishAcquisition(),
      onChanged: () => screen?.changed(),
    },
    onProfile: (profile) => screen?.showProfile(profile),
    onEvent: (_profileId, event) => log.info('license', { event: event.kind }),
  });
  service.restore(preset);
  screen = new ConsoleScreen({
    service,
    profiles,
    clock,
    timer,
    log,
    clipboard: systemClipboard,
    browser: systemBrowser,
    paths,
  });
  const power = createElectronPowerEvents(timer);
  power.onResume(() => service.resume());
  power.onOnline(() => service.online());
  return {
    show: () => screen?.show(),
    async close() {
      await service.close();
      secrets.close();
    },
  };
}
