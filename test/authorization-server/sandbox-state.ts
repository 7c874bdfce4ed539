/** Everything that the sandbox remembers. It belongs to no listener: the server can go down and come up without losing it. */
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
  readonly settings: SandboxSettings = defaultSettings();
  readonly records = new LicenseRecords();
  readonly storage = new MemoryStorage(() => this.settings.reuseGraceSeconds);
  readonly deviceGrants = new DeviceGrants(this.storage);
  readonly keys = new SigningKeys();
  readonly pacing = new PollPacing();
  readonly claimOverrides = new ClaimOverrides();
  readonly faults = new FaultPlan();
  readonly requests = new RequestLog();

  constructor() {
    seedRecords(this.records, Date.now());
  }

  /** Back to the first moment: settings, records, grants, faults and the log. Signing keys stay, for tokens already out. */
  reset(): void {
    Object.assign(this.settings, defaultSettings());
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
