import { EventEmitter } from 'node:events';
import type { BaseWindow, HandlerDetails } from 'electron';
import type { AwaitedCode } from '../../src-main/desktop/authorization-pane/reading/page-reading.ts';
import { succeed } from '../../src-shared/result.ts';
import { FakeClock } from './fake-clock.ts';
import { HandTimer } from './hand-timer.ts';

/** The fake `webContents` of every view that the pane has created. */
export const views: FakeContents[] = [];

export class FakeContents extends EventEmitter {
  url = '';
  loading = false;
  closed = false;
  /** The page no longer responds. */
  hangs = false;
  /** The page waits for a passkey or a security key. */
  waitsForKey = false;
  /** The id of the page's renderer process; 0 for none. */
  processId = 0;
  readonly loaded: string[] = [];
  openWindow: (details: Partial<HandlerDetails>) => { action: string } = () => ({ action: 'none' });
  readonly navigationHistory = { canGoBack: () => false, goBack: () => {} };
  readonly mainFrame = {
    framesInSubtree: [{ url: 'https://auth.example.com/' }],
    executeJavaScript: async () => (this.hangs ? new Promise(() => {}) : false),
  };
  readonly debugger = Object.assign(new EventEmitter(), { attach: () => {}, sendCommand: async () => {} });
  async executeJavaScriptInIsolatedWorld(): Promise<unknown> {
    return this.hangs ? new Promise(() => {}) : this.waitsForKey;
  }
  setWindowOpenHandler(handler: FakeContents['openWindow']): void {
    this.openWindow = handler;
  }
  setWebRTCIPHandlingPolicy(): void {}
  readonly session = {
    allowNTLMCredentialsForDomains: () => {},
    webRequest: { onResponseStarted: () => {} },
  };
  getOSProcessId(): number {
    return this.processId;
  }
  getURL(): string {
    return this.url;
  }
  isLoadingMainFrame(): boolean {
    return this.loading;
  }
  isFocused(): boolean {
    return false;
  }
  async loadURL(address: string): Promise<void> {
    this.loaded.push(address);
  }
  setZoomFactor(): void {}
  reload(): void {}
  stop(): void {}
  focus(): void {}
  close(): void {
    this.closed = true;
  }
}

/** The memory that the processes use. The console's own process has id 1. */
export const memory = { pagesKb: 0, consoleKb: 0 };

/** The part of Electron that the pane uses, for `vi.mock('electron', …)` before the pane is imported. */
export const fakeElectron = {
  WebContentsView: class {
    readonly webContents = new FakeContents();
    constructor() {
      views.push(this.webContents);
    }
    setBounds(): void {}
    setVisible(): void {}
  },
  app: {
    getAppMetrics: () => [
      { type: 'Browser', pid: 0, memory: { workingSetSize: 10 ** 9 }, cpu: {} },
      { type: 'Tab', pid: 1, memory: { workingSetSize: memory.consoleKb }, cpu: {} },
      ...[2, 3].map((pid) => ({ type: 'Tab', pid, memory: { workingSetSize: memory.pagesKb / 2 }, cpu: {} })),
    ],
  },
  session: {
    fromPartition: () => ({
      on: () => {},
      webRequest: { onBeforeRequest: () => {}, onBeforeSendHeaders: () => {}, onHeadersReceived: () => {} },
      setPermissionRequestHandler: () => {},
      closeAllConnections: async () => {},
      clearHostResolverCache: async () => {},
      clearStorageData: async () => {},
      clearCache: async () => {},
      clearAuthCache: async () => {},
    }),
  },
};

/** Opens a pane at https://auth.example.com/start. `awaitedCode`: the open User Code. */
export async function paneAtHand(awaitedCode: AwaitedCode | null = null) {
  const { PaneDownloads } = await import('../../src-main/desktop/authorization-pane/downloads/pane-downloads.ts');
  const { AuthorizationPane } = await import('../../src-main/desktop/authorization-pane/authorization-pane.ts');
  views.length = 0;
  const timer = new HandTimer(new FakeClock());
  const counted = { told: 0, left: 0, menus: 0, asked: 0, downloads: 0 };
  const pane = new AuthorizationPane({
    window: {
      contentView: { addChildView: () => {}, removeChildView: () => {} },
      isDestroyed: () => false,
    } as unknown as BaseWindow,
    consoleProcess: () => 1,
    connect: () => ({ ready: async () => null, errorOf: () => undefined, admit: () => {}, close: async () => {} }),
    timer,
    habits: () => ({ splitPercent: 45, zoomPercent: 100, signOutWhenFinished: false }),
    awaitedCode: () => awaitedCode,
    saveZoom: () => {},
    onLeave: () => (counted.left += 1),
    returnKeyboard: () => {},
    onFind: () => {},
    onMenu: () => (counted.menus += 1),
    askSignIn: async () => ((counted.asked += 1), null),
    askCertificate: async () => ((counted.asked += 1), null),
    downloads: new PaneDownloads({
      timer,
      save: async () => succeed({ state: 'cancelled' }),
      onEnded: () => (counted.downloads += 1),
      onUnasked: () => {},
    }),
    onChanged: () => (counted.told += 1),
  });
  pane.aim({
    profileId: 'p1',
    policy: { issuer: new URL('https://auth.example.com'), privateHosts: [] },
    startAddress: 'https://auth.example.com/start',
    integratedHosts: [],
  });
  pane.show(true);
  const [contents] = views;
  if (!contents) throw new Error('The pane made no view');
  counted.told = 0;
  return { pane, contents, timer, counted };
}
