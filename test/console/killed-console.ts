import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passing } from 'node:timers/promises';
import { expect } from '@playwright/test';
import type { AuthorizationServer } from '../authorization-server/authorization-server.ts';
import { ConsoleApp } from './console-app.ts';
import { KillPlan } from './kill-plan.ts';
import { onlyProfileId, storedAccounts, storedLicense } from './real-keychain.ts';

const device = 'Store 014';
const serverId = 'store-014-8f0c2d17';

export const operations = [
  'acquire',
  'acquire again',
  'refresh',
  'remove',
  'remove here only',
  'start after a cut-off removal',
] as const;
export type Operation = (typeof operations)[number];
/** A moment that a test build passes, with the number of times it has been passed by then. */
export type Moment = readonly [name: string, times: number];

/**
 * The outcome for the license. `survived`: it is as before the operation, or as the operation should leave it. `explained`: the
 * console asks to authorize again. `lost`: anything else.
 */
export interface Outcome {
  readonly became: 'survived' | 'explained' | 'lost';
  readonly how: string;
}

const survived = (how: string): Outcome => ({ became: 'survived', how });
const explained = (how: string): Outcome => ({ became: 'explained', how });
const lost = (how: string): Outcome => ({ became: 'lost', how });

const soon = { timeout: 15_000, intervals: [20, 50, 100] };

/** One real console on one profile folder and keychain that is repeatedly killed and restarted. */
export class KilledConsole {
  readonly #server: AuthorizationServer;
  readonly #plan = new KillPlan();
  readonly #userData = mkdtempSync(join(tmpdir(), 'license-console-'));
  #app!: ConsoleApp;

  constructor(server: AuthorizationServer) {
    this.#server = server;
  }

  async start(): Promise<void> {
    const { issuer } = this.#server;
    const userData = this.#userData;
    this.#app = await ConsoleApp.launch({ issuer, serverName: device, userData, env: this.#plan.env });
  }

  async close(): Promise<void> {
    await this.#app.close();
    this.#plan.discard();
    rmSync(this.#userData, { recursive: true, force: true });
  }

  /** The moments that an operation passes in every run. */
  async momentsOf(operation: Operation): Promise<readonly Moment[]> {
    const first = await this.#passedBy(operation);
    const second = (await this.#passedBy(operation)).map(String);
    return first.filter((moment) => second.includes(String(moment)));
  }

  async #passedBy(operation: Operation): Promise<readonly Moment[]> {
    await this.#prepare(operation);
    this.#plan.startOver();
    await this.#perform(operation);
    await expect.poll(() => this.#plan.isQuiet, soon).toBe(true);
    const { passed } = this.#plan;
    return passed.map((name, index) => [name, passed.slice(0, index + 1).filter((other) => other === name).length]);
  }

  /** Kills the console at a moment of an operation, restarts it and returns the outcome. Fails if the process was not killed. */
  async killedAt(operation: Operation, [name, times]: Moment): Promise<Outcome> {
    await this.#prepare(operation);
    this.#plan.killAt(name, times);
    await this.#perform(operation).catch((thrown) => {
      if (!this.#plan.hasStruck) throw thrown;
    });
    await expect.poll(() => this.#plan.hasStruck, { ...soon, message: `${operation}: ${name}` }).toBe(true);
    return this.#startedAgain(operation);
  }

  /** Like {@link killedAt}, but the test itself kills the process `ms` after the operation started, at no particular moment. */
  async killedAfter(operation: Operation, ms: number): Promise<Outcome> {
    await this.#prepare(operation);
    this.#plan.startOver();
    const ended = this.#perform(operation).catch(() => {});
    await passing(ms);
    await this.#app.kill();
    await ended;
    return this.#startedAgain(operation);
  }

  async #startedAgain(operation: Operation): Promise<Outcome> {
    await this.#app.ended();
    this.#plan.startOver();
    await this.start();
    return this.#judge(operation);
  }

  /** Brings the console into a state with a working license or with none, and with nothing in progress. */
  async #prepare(operation: Operation): Promise<void> {
    const wantsLicense = operation !== 'acquire';
    if ((await this.#app.state()).acquisition.state !== 'idle') await this.#app.call('acquisition.cancel');
    if (!(wantsLicense && (await this.#worksAlone()))) {
      if ((await this.#app.state()).license)
        expect(await this.#app.call('license.remove', { hereOnly: true })).toMatchObject({ ok: true });
      this.#server.control.revokeDevice({ device });
      // Makes the console fetch the keys each time.
      this.#server.control.rotateKeys({ keepOld: false });
      if (wantsLicense) await this.#acquire();
    }
    await expect.poll(() => this.#plan.isQuiet, soon).toBe(true);
    this.#server.control.clearRequests();
    if (operation === 'start after a cut-off removal') {
      this.#plan.killAt('after POST /token/revocation');
      await this.#app.call('license.remove', { hereOnly: false }).catch(() => {});
      await this.#app.ended();
    }
  }

  /** Is there a license that can be refreshed, and no other grant at the server, such as one that a kill left behind? */
  async #worksAlone(): Promise<boolean> {
    if (this.#grants.length !== 1 || !(await this.#app.state()).license) return false;
    return (await this.#app.call('license.check')).ok;
  }

  async #perform(operation: Operation): Promise<void> {
    switch (operation) {
      case 'acquire':
      case 'acquire again':
        return this.#acquire();
      case 'refresh':
        expect(await this.#app.call('license.check')).toMatchObject({ ok: true });
        return;
      case 'remove':
      case 'remove here only': {
        const hereOnly = operation === 'remove here only';
        expect(await this.#app.call('license.remove', { hereOnly })).toMatchObject({ ok: true });
        return;
      }
      case 'start after a cut-off removal':
        await this.start();
        await expect.poll(() => !this.#isRecorded || this.#plan.hasStruck, soon).toBe(true);
    }
  }

  /** Presses Next and authorizes the code. Resolves when the license is announced and the grant that it replaces has ended. */
  async #acquire(): Promise<void> {
    const app = this.#app;
    expect(await app.call('acquisition.start')).toMatchObject({ ok: true });
    const { acquisition } = await app.state();
    if (acquisition.state !== 'awaiting_authorization') throw new Error(`No User Code but ${acquisition.state}`);
    const { grantId } = await this.#server.control.authorizeCode({ userCode: acquisition.code.userCode, device });
    const standing = async () => {
      const { acquisition: steps, license } = await app.state();
      return `${steps.state}, ${license ? 'licensed' : 'not licensed'}, ${this.#grants.join()}`;
    };
    await expect.poll(standing, soon).toBe(`idle, licensed, ${grantId}`);
  }

  get #grants(): readonly string[] {
    return this.#server.control.grantsOfDevice({ device }).grants;
  }

  /** Determines what a person finds after the restart. Waits for what takes a moment after a start. */
  async #judge(operation: Operation): Promise<Outcome> {
    let outcome = lost('not looked at');
    try {
      await expect
        .poll(async () => {
          outcome = await this.#look(operation).catch((thrown: unknown) =>
            lost(String(thrown).split('\n', 1)[0] ?? ''),
          );
          return outcome.became;
        }, soon)
        .not.toBe('lost');
    } catch (thrown) {
      if (outcome.became !== 'lost') throw thrown;
    }
    return outcome;
  }

  async #look(operation: Operation): Promise<Outcome> {
    const { license, notices, keychain, acquisition } = await this.#app.state();
    if (notices.length > 0) return lost(`notice ${notices.map(({ id }) => id).join(', ')}`);
    if (keychain) return lost(`keychain: ${keychain.code}`);
    const stored = await storedLicense(this.#userData);
    const parts = [license, this.#isRecorded, stored].map(Boolean);
    if (parts.includes(true) && parts.includes(false)) return lost(`shown, recorded, stored: ${parts.join(', ')}`);
    if (license && license.details.serverId !== serverId) return lost(`of ${license.details.serverId}`);
    const removing = operation.includes('remov');
    if (license) return this.#lookAtLicense(removing);
    if (removing) return this.#lookAtRemoval(operation);
    if (operation !== 'acquire') return lost('not licensed');
    if (!this.#wasIssued) return survived('no license was issued yet');
    if (acquisition.state !== 'failed') return lost(`issued, and nothing is said: ${acquisition.state}`);
    await expect(this.#app.failure(acquisition.failure.code)).toBeVisible();
    await expect(this.#app.button('Get a new code')).toBeVisible();
    return explained(acquisition.failure.code);
  }

  async #lookAtLicense(removing: boolean): Promise<Outcome> {
    const refreshed = await this.#app.call('license.check');
    if (refreshed.ok) return survived(removing ? 'licensed as before' : 'licensed');
    if (refreshed.failure?.code !== 'invalid_grant' || removing) return lost(`refresh: ${refreshed.failure?.code}`);
    await expect(this.#app.failure('invalid_grant')).toContainText('Authorize this server again');
    await expect(this.#app.button('Authorize again')).toBeVisible();
    return explained('invalid_grant');
  }

  async #lookAtRemoval(operation: Operation): Promise<Outcome> {
    const left = await storedAccounts(this.#userData);
    if (left.length > 0) return lost(`left in the keychain: ${left.join(', ')}`);
    if (operation !== 'remove here only' && this.#grants.length > 0) return lost('gone here, open at the server');
    return survived('removed as asked');
  }

  get #isRecorded(): boolean {
    return existsSync(join(this.#userData, `license.${onlyProfileId(this.#userData)}.json`));
  }

  /** Has the server issued a license since the operation began? */
  get #wasIssued(): boolean {
    return this.#server.control
      .requests({ endpoint: 'token' })
      .requests.some(({ status, grantType }) => status === 200 && grantType?.endsWith('device_code'));
  }
}
