/** What tests can do to the sandbox in addition to its pages. Each operation takes one JSON value, so all work over HTTP too. */
import { createHash } from 'node:crypto';
import type { Fault } from '../faults/fault-plan.ts';
import type { HttpListener } from '../http-listener.ts';
import type { DeviceCodeDecisions } from '../oauth/device-code-decisions.ts';
import type { OAuthServer } from '../oauth/oauth-server.ts';
import type { ClaimOverride } from '../records/claim-overrides.ts';
import type { Device, License, Organization, RecordsSnapshot } from '../records/license-records.ts';
import { seedSignIns } from '../records/seed-records.ts';
import type { Endpoint, RequestEntry } from '../request-log.ts';
import type { SandboxSettings } from '../sandbox-settings.ts';
import type { SandboxState } from '../sandbox-state.ts';
import type { Arguments } from './operation-arguments.ts';

export class SandboxControl {
  readonly #state: SandboxState;
  readonly #oauth: OAuthServer;
  readonly #decisions: DeviceCodeDecisions;
  readonly #listener: HttpListener;

  constructor(state: SandboxState, oauth: OAuthServer, decisions: DeviceCodeDecisions, listener: HttpListener) {
    this.#state = state;
    this.#oauth = oauth;
    this.#decisions = decisions;
    this.#listener = listener;
  }

  settings(): SandboxSettings {
    return structuredClone(this.#state.settings);
  }

  /** Changes the given settings. `interval: { enforceSeconds: 5 }` leaves `interval` out of the answer. */
  configure(change: Arguments<'configure'>): SandboxSettings {
    Object.assign(this.#state.settings, change);
    this.#oauth.reload();
    return this.settings();
  }

  /** Creates new signing keys. With `keepOld`, the old ones stay in the JWKS. */
  rotateKeys({ keepOld }: { keepOld: boolean }): void {
    this.#state.keys.rotate(keepOld);
    this.#oauth.reload();
  }

  /** Plants a fault. It stays until cleared, unless `times` is given. */
  addFault({ endpoint, fault, times }: { endpoint: Endpoint; fault: Fault; times?: number | undefined }): void {
    this.#state.faults.add(endpoint, fault, times);
  }

  clearFaults({ endpoint }: { endpoint?: Endpoint | undefined } = {}): void {
    this.#state.faults.clear(endpoint);
  }

  /** Changes the claims of one device's tokens, starting with the next token. `device` is an id or a name. */
  overrideClaims({ device, ...override }: { device: string } & ClaimOverride): void {
    this.#state.claimOverrides.set(this.#state.records.namedDevice(device).id, override);
  }

  clearClaimOverrides({ device }: { device?: string | undefined } = {}): void {
    this.#state.claimOverrides.clear(device === undefined ? undefined : this.#state.records.namedDevice(device).id);
  }

  /** Does what a person does on the Authorize Device page, but without checking the license's Count. */
  async authorizeCode({ userCode, device, username }: Arguments<'authorizeCode'>): Promise<{ grantId: string }> {
    const account = username ?? seedSignIns[0].username;
    const grantId = await this.#decisions.authorize(userCode, this.#state.records.namedDevice(device), account);
    return { grantId };
  }

  async denyCode({ userCode, description, error }: Arguments<'denyCode'>): Promise<void> {
    await this.#decisions.deny(userCode, description, error);
  }

  async expireCode({ userCode }: { userCode: string }): Promise<void> {
    await this.#decisions.expire(userCode);
  }

  /** The grants of a device that are not revoked. */
  grantsOfDevice({ device }: { device: string }): { grants: string[] } {
    return { grants: this.#state.deviceGrants.grantsOf(this.#state.records.namedDevice(device).id) };
  }

  /** The grants that can still be used: not revoked, with a newest refresh token that has not expired. */
  openGrants(): { grants: { id: string; device?: string | undefined; refreshTokenHash: string }[] } {
    const { storage, deviceGrants } = this.#state;
    const grants = storage.openRefreshTokens().map(({ grantId, token }) => ({
      id: grantId,
      device: deviceGrants.deviceOf(grantId),
      refreshTokenHash: createHash('sha256').update(token).digest('base64url'),
    }));
    return { grants };
  }

  revokeDevice({ device }: { device: string }): { revoked: number } {
    return { revoked: this.#state.deviceGrants.revoke(this.#state.records.namedDevice(device).id) };
  }

  requests({ endpoint }: { endpoint?: Endpoint | undefined } = {}): { requests: RequestEntry[] } {
    return { requests: structuredClone(this.#state.requests.list(endpoint)) };
  }

  clearRequests(): void {
    this.#state.requests.clear();
  }

  records(): RecordsSnapshot {
    return this.#state.records.snapshot();
  }

  /** Adds an organization that both seeded sign-ins may manage. */
  addOrganization(organization: { id?: string | undefined; name: string }): Organization {
    const added = this.#state.records.addOrganization(organization);
    for (const { username } of seedSignIns) this.#state.records.user(username)?.organizationIds.add(added.id);
    return added;
  }

  addLicense(license: Arguments<'addLicense'>): License {
    return this.#state.records.addLicense(license);
  }

  /** A member set to null is removed. */
  updateLicense({ id, ...change }: Arguments<'updateLicense'>): License {
    return this.#state.records.updateLicense(id, change);
  }

  addDevice(device: Arguments<'addDevice'>): Device {
    return this.#state.records.addDevice(device);
  }

  /** A member set to null is removed. */
  updateDevice({ device, ...change }: Arguments<'updateDevice'>): Device {
    return this.#state.records.updateDevice(this.#state.records.namedDevice(device).id, change);
  }

  /** Removes a device as its page does, and ends its grants. */
  removeDevice({ device }: { device: string }): void {
    const { id } = this.#state.records.namedDevice(device);
    this.#state.deviceGrants.revoke(id);
    this.#state.records.removeDevice(id);
  }

  /** Resets everything to the initial state, except the signing keys. */
  reset(): void {
    this.#state.reset();
    this.#oauth.reload();
  }

  async stop(): Promise<void> {
    await this.#listener.stop();
  }

  async start(): Promise<void> {
    await this.#listener.start();
  }
}
