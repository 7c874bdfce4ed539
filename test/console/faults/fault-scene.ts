import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from '@playwright/test';
import { generate } from 'selfsigned';
import { largestKeySet } from '../../../src-main/authorization/signing-keys.ts';
import { type AuthorizationServer, startAuthorizationServer } from '../watched-sandbox.ts';
import type { Fault } from '../../authorization-server/faults/fault-plan.ts';
import type { ClaimOverride } from '../../authorization-server/records/claim-overrides.ts';
import type { Endpoint } from '../../authorization-server/request-log.ts';
import { ConsoleApp } from '../console-app.ts';
import { html, LocalServer } from '../local-server.ts';
import { onlyProfileId } from '../real-keychain.ts';
import { sessionKeyring } from '../session-keyring.ts';

export const device = 'Store 014';
/** How long the server still accepts the old refresh token after a rotation, in case its answer was lost. */
const graceSeconds = 300;

/** A clock error that is large enough to call the clock wrong. */
const doubtMs = 3_600_000;
const chromiumsOwn = -3;
export const quickly = { intervals: [20, 50, 100] };

/** Servers other than the Authorization server, to which a fault redirects the console. */
export interface Strangers {
  /** Its certificate is not issued by an authority that this computer trusts. */
  readonly filter: LocalServer;
  /** Has a certificate that Chromium takes for out of date. */
  readonly oldCertificate: LocalServer;
  /** Answers plain http on a port that is used with https. */
  readonly plain: LocalServer;
  /** The sign-in page of a network. */
  readonly portal: LocalServer;
  /** A proxy that requires a password. */
  readonly passwordProxy: LocalServer;
  /** An address on which nothing listens. */
  readonly nobody: string;
}

export interface NetworkChange {
  /** Host and port of the proxy for plain http requests; '' uses the computer's settings. */
  readonly proxy?: string;
  /** The verdict on every certificate that Chromium is given, as a `net` error; -3 uses Chromium's own verdict. */
  readonly certificateVerdict?: number;
}

/** One console with one license and its Authorization server, with methods to disturb them. */
export class FaultScene {
  readonly server: AuthorizationServer;
  app: ConsoleApp;
  readonly strangers: Strangers;
  /** How far the simulated time of console and server is ahead of real time. */
  #worldMs = 0;
  #claims: ClaimOverride = {};
  /** Has Chromium's verdict on certificates been replaced? */
  #judged = false;

  private constructor(server: AuthorizationServer, app: ConsoleApp, strangers: Strangers) {
    this.server = server;
    this.app = app;
    this.strangers = strangers;
  }

  static async open(): Promise<FaultScene> {
    const server = await startAuthorizationServer();
    const strangers = await openStrangers();
    const app = await ConsoleApp.launch({ issuer: server.issuer, serverName: device });
    await app.expectAudience();
    const scene = new FaultScene(server, app, strangers);
    server.control.configure({ interval: { announce: 1, enforceSeconds: 1 }, reuseGraceSeconds: graceSeconds });
    return scene;
  }

  /** Closes the console and starts it again. */
  async restart(): Promise<void> {
    const { userData } = this.app;
    await this.app.close();
    this.app = await ConsoleApp.launch({ userData, env: { FLC_TEST_CLOCK_OFFSET_MS: String(this.#worldMs) } });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.server.close();
    const { nobody: _, ...servers } = this.strangers;
    for (const stranger of Object.values(servers)) await stranger.close();
  }

  /** Sets the claims of the device's license tokens from now on, apart from faults. */
  set claims(claims: Record<string, unknown>) {
    this.#claims = { set: claims };
    this.server.control.overrideClaims({ device, ...this.#claims });
  }

  /** Makes the device's next tokens bad, with these claims or headers. */
  spoil(spoiled: ClaimOverride): void {
    const set = { ...this.#claims.set, ...spoiled.set };
    this.server.control.overrideClaims({ device, ...spoiled, set });
  }

  plant(endpoint: Endpoint, fault: Fault): void {
    this.server.control.addFault({ endpoint, fault });
  }

  /** Acquires a license with a User Code, or replaces the present one. */
  async acquire(): Promise<void> {
    await this.app.call('acquisition.cancel');
    expect(await this.app.call('acquisition.start')).toMatchObject({ ok: true });
    const { acquisition } = await this.app.state();
    if (acquisition.state !== 'awaiting_authorization') throw new Error(`No code: ${JSON.stringify(acquisition)}`);
    await this.server.control.authorizeCode({ userCode: acquisition.code.userCode, device });
    await expect
      .poll(async () => {
        const { license, refresh, acquisition: now } = await this.app.state();
        return { licensed: license !== null, failed: refresh.lastFailure?.code, now: now.state };
      })
      .toEqual({ licensed: true, failed: undefined, now: 'idle' });
  }

  /** Restores the server's grace. Acquires a license again if the server has ended the authorization, unless the state is `ended`. */
  async makeGoodAgain(ended: boolean): Promise<void> {
    this.server.control.configure({ reuseGraceSeconds: graceSeconds });
    if (!ended) await this.acquire();
  }

  /** Moves the time of the console and of the server forward together, so that no clock is wrong. */
  async moveTime(byMs: number): Promise<void> {
    this.#worldMs += byMs;
    this.server.control.configure({ clockOffsetSeconds: Math.round(this.#worldMs / 1000) });
    await this.setClock(0);
  }

  /** Sets the error of this computer's clock. */
  async setClock(wrongByMs: number): Promise<void> {
    await this.app.setClockOffset(this.#worldMs + wrongByMs);
  }

  /**
   * Focuses the window while the computer's clock is in doubt. The console then requests the server's metadata and reads the
   * date of the answer.
   */
  async askMetadata(): Promise<void> {
    const asked = () =>
      this.server.control
        .requests({ endpoint: 'discovery' })
        .requests.filter(({ finishedAt }) => finishedAt !== undefined).length;
    const before = asked();
    await this.setClock(doubtMs);
    await this.app.electron.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.emit('focus'));
    await expect.poll(asked, quickly).toBeGreaterThan(before);
    await this.setClock(0);
  }

  /** Makes the metadata name another token endpoint, and waits until the console has read them. */
  async moveTokenEndpoint(address: string): Promise<void> {
    this.plant('discovery', { kind: 'edit-json', members: { token_endpoint: address } });
    await this.askMetadata();
    await this.#knowsTokenEndpoint(address);
  }

  async #knowsTokenEndpoint(address: string): Promise<void> {
    const file = `${this.app.userData}/authorization-server.${onlyProfileId(this.app.userData)}.json`;
    await expect.poll(() => readFileSync(file, 'utf8'), quickly).toContain(`"${address}"`);
  }

  /** Changes the network settings of the sessions with which the console sends its requests. */
  async changeNetwork(change: NetworkChange): Promise<void> {
    this.#judged ||= change.certificateVerdict !== undefined;
    await this.app.electron.evaluate(
      async ({ session }, { proxy, certificateVerdict, largest }) => {
        const service = 'authorization-service';
        for (const name of [service, `${service}-1`, `${service}-2`, `${service}-to-${largest}`]) {
          const changed = session.fromPartition(name, { cache: false });
          if (proxy === '') await changed.setProxy({ mode: 'system' });
          if (proxy) await changed.setProxy({ proxyRules: `http=${proxy}`, proxyBypassRules: '<-loopback>' });
          if (certificateVerdict !== undefined)
            changed.setCertificateVerifyProc((_request, decide) => decide(certificateVerdict));
        }
      },
      { ...change, largest: largestKeySet },
    );
  }

  /** Removes the fault. Whether the license recovers is up to the console. */
  async clear(): Promise<void> {
    const { control } = this.server;
    control.clearFaults();
    control.overrideClaims({ device, ...this.#claims });
    await this.server.start();
    if (process.platform === 'linux' && (await sessionKeyring.isLocked())) await sessionKeyring.unlock();
    await this.changeNetwork({ proxy: '', ...(this.#judged ? { certificateVerdict: chromiumsOwn } : {}) });
    await this.setClock(0);
    const file = `${this.app.userData}/authorization-server.${onlyProfileId(this.app.userData)}.json`;
    const endpoint = `${this.server.issuer}/token`;
    if (readFileSync(file, 'utf8').includes(`"${endpoint}"`)) return;
    await this.askMetadata();
    await this.#knowsTokenEndpoint(endpoint);
  }
}

async function openStrangers(): Promise<Strangers> {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  return {
    filter: await startTls('Example Filter'),
    oldCertificate: await startTls('Example Server'),
    plain: await LocalServer.start((_request, response) => void response.end('{}')),
    portal: await LocalServer.start((_request, response) => html(response, 'Welcome to the guest network')),
    passwordProxy: await LocalServer.start((_request, response) =>
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end(),
    ),
    nobody: `127.0.0.1:${port}`,
  };
}

async function startTls(name: string): Promise<LocalServer> {
  const certificate = await generate([{ name: 'commonName', value: name }], { keySize: 2048 });
  const tls = { key: certificate.private, cert: certificate.cert };
  return LocalServer.start((_request, response) => void response.end('{}'), tls);
}
