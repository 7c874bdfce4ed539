/** Why a device may not be authorized. Count limits devices, so it never refuses a device that already holds a grant. */
import type { Device } from '../records/license-records.ts';
import type { SandboxState } from '../sandbox-state.ts';

export interface LicenseRefusal {
  /** For the person who uses the page. */
  readonly words: string;
  readonly advice: string;
  /** For the console, as `error_description`. If absent, its code stays valid and can still be used. */
  readonly description?: string;
}

export function licenseRefusal(state: SandboxState, device: Device): LicenseRefusal | undefined {
  const license = state.records.license(device.licenseId);
  if (license === undefined) {
    return { words: `${device.name} has no license.`, advice: 'Give it one under Devices, then authorize it.' };
  }
  if (!license.isActive) {
    return {
      words: `The license "${license.name}" is not active.`,
      advice: 'The request was refused. Make the license active, then ask the License Console for a new code.',
      description: `the license "${license.name}" is not active`,
    };
  }
  const isFull = state.deviceGrants.usedCount(state.records, license) >= license.count;
  if (!isFull || state.deviceGrants.isAuthorized(device.id)) return undefined;
  return {
    words: `${license.count === 1 ? 'The only license' : `All ${license.count} licenses`} of "${license.name}" ${license.count === 1 ? 'is' : 'are'} in use.`,
    advice:
      'The request was refused. Remove a device, end the authorization of one or raise the Count, then ask the License Console for a new code.',
    description: license.count === 1 ? 'the only license is in use' : `all ${license.count} licenses are in use`,
  };
}
