/** The state of the sandbox. It is separate from the listener, so the server can stop and start again without losing it. */
import { type Dialect, dialects } from './dialects.ts';
import { FaultPlan } from './faults/fault-plan.ts';
import { RequestLog } from './request-log.ts';
import { DeviceGrants } from './oauth/device-grants.ts';
import { MemoryStorage } from './oauth/memory-storage.ts';
import { PollPacing } from './oauth/poll-pacing.ts';
import { SigningKeys } from './oauth/signing-keys.ts';
import { ClaimOverrides } from './records/claim-overrides.ts';
import { LicenseRecords } from './records/license-records.ts';
import { seedRecords } from './records/seed-records.ts';
import { defaultSettings, type SandboxSettings } from './sandbox-settings.ts';

export class SandboxState {
  readonly dialect: Dialect;
  readonly settings: SandboxSettings;
  readonly records = new LicenseRecords();
  readonly storage = new MemoryStorage(() => this.settings.reuseGraceSeconds);
  readonly deviceGrants = new DeviceGrants(this.storage);
  readonly keys = new SigningKeys();
  readonly pacing = new PollPacing();
  readonly claimOverrides = new ClaimOverrides();
  readonly faults = new FaultPlan();
  readonly requests = new RequestLog();

  constructor(dialect: Dialect = dialects.sandbox) {
    this.dialect = dialect;
    this.settings = defaultSettings(dialect.settings);
    seedRecords(this.records, Date.now());
  }

  /** Resets settings, records, grants, faults and the log. Signing keys stay, so that issued tokens can still be verified. */
  reset(): void {
    Object.assign(this.settings, defaultSettings(this.dialect.settings));
    seedRecords(this.records, Date.now());
    for (const part of [
      this.storage,
      this.deviceGrants,
      this.pacing,
      this.claimOverrides,
      this.faults,
      this.requests,
    ]) {
      part.clear();
    }
  }
}
