/** The organizations, licenses, devices and sign-ins that the sandbox starts with. */
import type { Device, DeviceKind, LicenseRecords } from './license-records.ts';

const seedOrganizationId = 'fc-xmsqa1';
const trialOrganizationId = 'fc-trial7';

/** The sign-ins that the sandbox accepts; `installer` manages both organizations, `owner` only the first. */
export const seedSignIns = [
  { username: 'installer', password: 'fusion-demo', name: 'Ina Staller' },
  { username: 'owner', password: 'fusion-owner', name: 'Owen Erwin' },
] as const;

const zone = 'America/New_York';
const day = 24 * 60 * 60 * 1000;

/** Replaces all records with the initial ones. Renewal dates are relative to `now`. */
export function seedRecords(records: LicenseRecords, now: number): void {
  records.clear();
  records.addOrganization({ id: seedOrganizationId, name: 'Fusion Coffee' });
  records.addOrganization({ id: trialOrganizationId, name: 'Fusion Trial Kitchen' });
  const [installer, owner] = seedSignIns;
  records.addUser({ ...installer, organizationIds: new Set([seedOrganizationId, trialOrganizationId]) });
  records.addUser({ ...owner, organizationIds: new Set([seedOrganizationId]) });
  seedCoffee(records, now);
  seedTrialKitchen(records, now);
}

/** The organization of the demo: a Cloud, a Corporate and three Store servers on one license with Count 2, and registers. */
function seedCoffee(records: LicenseRecords, now: number): void {
  const organizationId = seedOrganizationId;
  const shared = {
    organizationId,
    expiresOn: localDate(now + 127 * day),
    timeZone: zone,
    warningDays: 30,
    isActive: true,
  };
  records.addLicense({ ...shared, id: 'lic-rms-servers', name: 'RMS Servers', count: 2, features: ['xms'] });
  records.addLicense({ ...shared, id: 'lic-registers', name: 'Registers', count: 10, features: ['pos'] });
  const add = deviceAdder(records, organizationId, 'lic-rms-servers');
  add('cloud-5d2b7a90', 'Cloud', 'cloud', { url: 'https://cloud.fusion-coffee.example' });
  add('corporate-1-c41f60e3', 'Corporate 1', 'corporate', {
    hubId: 'cloud-5d2b7a90',
    url: 'https://corp1.fusion-coffee.example',
  });
  for (const [id, name] of [
    ['store-014-8f0c2d17', 'Store 014'],
    ['store-015-27be94a5', 'Store 015'],
    ['store-016-b3609fd8', 'Store 016'],
  ] as const) {
    const host = name.toLowerCase().replace(' ', '');
    add(id, name, 'store', { hubId: 'corporate-1-c41f60e3', url: `https://${host}.fusion-coffee.example` });
  }
  for (const number of [1, 2, 3]) {
    add(`register-014-${number}`, `Register 014-${number}`, 'register', {
      hubId: 'store-014-8f0c2d17',
      licenseId: 'lic-registers',
    });
  }
}

/** One device for each state that a license can be in. */
function seedTrialKitchen(records: LicenseRecords, now: number): void {
  const organizationId = trialOrganizationId;
  const shared = { organizationId, count: 5, timeZone: zone, warningDays: 30, features: ['xms'], isActive: true };
  const inDays = (days: number): string => localDate(now + days * day);
  records.addLicense({ ...shared, id: 'lic-expired', name: 'Expired Servers', expiresOn: inDays(-12) });
  records.addLicense({ ...shared, id: 'lic-due', name: 'Nearly Due Servers', expiresOn: inDays(9) });
  records.addLicense({ ...shared, id: 'lic-open', name: 'Open-ended Servers' });
  const plain = { ...shared, expiresOn: inDays(200) };
  records.addLicense({ ...plain, id: 'lic-trial', name: 'Trial Servers' });
  records.addLicense({ ...plain, id: 'lic-no-xms', name: 'Loyalty Only', features: ['loyalty'] });
  records.addLicense({ ...plain, id: 'lic-inactive', name: 'Inactive Servers', isActive: false });
  const add = deviceAdder(records, organizationId, 'lic-trial');
  const hubId = 'corporate-t-0a4e71c6';
  add(hubId, 'Trial Corporate', 'corporate', { url: 'https://corp.trial-kitchen.example' });
  add('store-901-expired', 'Store 901 (expired)', 'store', { hubId, licenseId: 'lic-expired' });
  add('store-902-due', 'Store 902 (nearly due)', 'store', { hubId, licenseId: 'lic-due' });
  add('store-903-open', 'Store 903 (no renewal date)', 'store', { hubId, licenseId: 'lic-open' });
  add('store-904-no-hub', 'Store 904 (no hub)', 'store', {});
  add('store-905-no-xms', 'Store 905 (without xms)', 'store', { hubId, licenseId: 'lic-no-xms' });
  add('store-906-inactive', 'Store 906 (inactive license)', 'store', { hubId, licenseId: 'lic-inactive' });
  add('store-907-unlicensed', 'Store 907 (no license)', 'store', { hubId, licenseId: undefined });
  add('register-901', 'Trial Register', 'register', { hubId: 'store-904-no-hub' });
}

function deviceAdder(records: LicenseRecords, organizationId: string, licenseId: string) {
  return (
    id: string,
    name: string,
    kind: DeviceKind,
    more: Partial<Pick<Device, 'hubId' | 'url' | 'licenseId'>>,
  ): void => {
    records.addDevice({ id, organizationId, name, kind, licenseId, ...more });
  };
}

/** `YYYY-MM-DD` of an instant, in the zone of the seeded licenses. */
function localDate(instant: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(instant);
}
