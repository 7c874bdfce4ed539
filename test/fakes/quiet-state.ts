import { type ConsoleState, emptyPane } from '../../src-shared/window/console-state.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';

/** A snapshot of a console with one server and nothing to report. Needs neither Node nor Electron, so a browser can load it too. */
export function quietState(profile: ServerProfile, at: number, changes: Partial<ConsoleState> = {}): ConsoleState {
  return {
    revision: 1,
    at,
    profile,
    servers: [{ ...profile, licensed: false }],
    isSandbox: false,
    license: null,
    acquisition: { state: 'idle' },
    refresh: { refreshing: false },
    check: null,
    clock: { state: 'right' },
    connection: { state: 'unknown' },
    keychain: null,
    removal: { state: 'idle' },
    removalEnds: 'ended',
    notices: [],
    historyRevision: 0,
    localApiRevision: 0,
    newClientSecret: null,
    signInQuestion: null,
    preflight: null,
    diagnostics: null,
    proxySignIn: null,
    alerts: [],
    theme: 'system',
    offer: null,
    laptop: null,
    paneHelps: null,
    notificationSettings: {
      quietHours: { on: false, from: '22:00', to: '07:00' },
      canBeShown: true,
      administrator: { state: 'none', file: '/etc/fusion-license-console/notify.json' },
    },
    licensedElsewhere: null,
    markerWritten: null,
    pane: emptyPane,
    background: { keepsRunning: 'not_asked', asking: false, startsAtLogin: 'off', tray: 'shown', account: 'till' },
    about: { version: '0.1.0', runtime: 'test' },
    ...changes,
  };
}
