/** The claims of a license token (see "License token" of the protocol), built from the current records. */
import type { LicenseRecords } from './license-records.ts';

export function licenseClaims(records: LicenseRecords, deviceId: string): Record<string, unknown> | undefined {
  const device = records.device(deviceId);
  if (device === undefined) return undefined;
  const organization = records.organization(device.organizationId);
  const license = records.license(device.licenseId);
  const hub = records.device(device.hubId);
  const isRegister = device.kind === 'register';
  return withoutAbsent({
    server_id: device.id,
    server_name: device.name,
    device_type: isRegister ? 'register' : 'server',
    edition: isRegister ? undefined : device.kind,
    organization: organization && { id: organization.id, name: organization.name },
    license_id: license?.id,
    license_name: license?.name,
    license_renewal_date: license?.expiresOn,
    license_time_zone: license?.expiresOn === undefined ? undefined : license.timeZone,
    license_warning_days: license?.expiresOn === undefined ? undefined : license.warningDays,
    token_warning_seconds: license?.tokenWarningSeconds,
    features: license && [...license.features],
    hub: hub && withoutAbsent({ server_id: hub.id, name: hub.name, url: hub.url }),
  });
}

function withoutAbsent(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}
