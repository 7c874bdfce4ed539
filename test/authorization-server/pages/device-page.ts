/** One device: add it, edit it, remove it. */
import { type Device, type DeviceKind, deviceKinds } from '../records/license-records.ts';
import { formToken, selectField, textField } from './form-parts.ts';
import { html } from './html.ts';
import { kindNames } from './organization-page.ts';
import { organizationPath, type OrganizationVisit, type PageAnswer } from './page-visit.ts';

interface DeviceEntries {
  readonly name: string;
  readonly kind: string;
  readonly licenseId: string;
  readonly url: string;
  readonly hubId: string;
}

type Errors = { readonly [K in keyof DeviceEntries]?: string };

export function newDevicePage(visit: OrganizationVisit): PageAnswer {
  const empty = { name: '', kind: 'store', licenseId: '', url: '', hubId: '' };
  if (!visit.isPost) return deviceForm(visit, undefined, empty, {});
  const entries = entriesOf(visit.form);
  const errors = errorsOf(entries);
  if (Object.keys(errors).length > 0) return deviceForm(visit, undefined, entries, errors);
  visit.state.records.addDevice({ organizationId: visit.organization.id, ...valuesOf(visit, entries) });
  return done(visit, `Device ${entries.name} added.`);
}

export function editDevicePage(visit: OrganizationVisit, device: Device): PageAnswer {
  if (!visit.isPost) {
    const { name, kind, licenseId = '', url = '', hubId = '' } = device;
    return deviceForm(visit, device, { name, kind, licenseId, url, hubId }, {});
  }
  const entries = entriesOf(visit.form);
  const errors = errorsOf(entries);
  if (Object.keys(errors).length > 0) return deviceForm(visit, device, entries, errors);
  const { licenseId, url, hubId, ...values } = valuesOf(visit, entries);
  const optional = { licenseId: licenseId ?? null, url: url ?? null, hubId: hubId ?? null };
  visit.state.records.updateDevice(device.id, { ...values, ...optional });
  return done(visit, `Device ${entries.name} saved.`);
}

/** Ends the grants of a device without removing it, which frees its place in the license's Count. */
export function revokeDevice(visit: OrganizationVisit, device: Device): PageAnswer {
  visit.state.deviceGrants.revoke(device.id);
  return done(visit, `The authorization of ${device.name} was ended.`);
}

export function removeDevicePage(visit: OrganizationVisit, device: Device): PageAnswer {
  if (visit.isPost) {
    visit.state.deviceGrants.revoke(device.id);
    visit.state.records.removeDevice(device.id);
    return done(visit, `Device ${device.name} removed.`);
  }
  return {
    title: `Remove ${device.name}`,
    trail: trailTo(visit),
    body: html`<form method="post" class="card">${formToken(visit.session)}
<p class="question">Remove ${device.name}?</p>
<p>Its authorization ends: it gets no more license tokens. Devices that have it as their hub have none then.</p>
<div class="buttons"><button class="danger">Remove</button><a href="${visit.href(organizationPath(visit.organization))}">Cancel</a></div></form>`,
  };
}

function done(visit: OrganizationVisit, headline: string): PageAnswer {
  visit.session.notice = { tone: 'success', headline };
  return { redirect: organizationPath(visit.organization) };
}

function entriesOf(form: URLSearchParams): DeviceEntries {
  const text = (name: string): string => (form.get(name) ?? '').trim();
  return {
    name: text('name'),
    kind: text('kind'),
    licenseId: text('licenseId'),
    url: text('url'),
    hubId: text('hubId'),
  };
}

function errorsOf(entries: DeviceEntries): Errors {
  return {
    ...(entries.name === '' && { name: 'Enter a name.' }),
    ...(!isKind(entries.kind) && { kind: 'Choose one.' }),
    ...(entries.url !== '' &&
      !URL.canParse(entries.url) && { url: 'Enter a whole address, for example https://pos.example.' }),
  };
}

function isKind(value: string): value is DeviceKind {
  return (deviceKinds as readonly string[]).includes(value);
}

function valuesOf(visit: OrganizationVisit, entries: DeviceEntries) {
  const { records } = visit.state;
  const own = (record: { organizationId: string; id: string } | undefined): string | undefined =>
    record?.organizationId === visit.organization.id ? record.id : undefined;
  return {
    name: entries.name,
    kind: isKind(entries.kind) ? entries.kind : 'store',
    licenseId: own(records.license(entries.licenseId)),
    url: entries.url === '' ? undefined : entries.url,
    hubId: own(records.device(entries.hubId)),
  };
}

function trailTo({ organization }: OrganizationVisit) {
  return [
    { name: 'Organizations', path: '/organizations' },
    { name: organization.name, path: organizationPath(organization) },
  ];
}

function deviceForm(
  visit: OrganizationVisit,
  device: Device | undefined,
  entries: DeviceEntries,
  errors: Errors,
): PageAnswer {
  const { organization, state } = visit;
  const kinds = deviceKinds.map((kind) => ({ value: kind, name: kindNames[kind] }));
  const licenses = state.records.licensesOf(organization.id).map(({ id, name }) => ({ value: id, name }));
  const hubs = state.records
    .devicesOf(organization.id)
    .filter(({ id, kind }) => id !== device?.id && kind !== 'register')
    .map(({ id, name }) => ({ value: id, name }));
  return {
    title: device ? `Device ${device.name}` : 'New device',
    status: Object.keys(errors).length > 0 ? 422 : 200,
    trail: trailTo(visit),
    body: html`<form method="post" class="card" novalidate>${formToken(visit.session)}
${device && html`<p>Server ID <strong>${device.id}</strong></p>`}
${textField({ name: 'name', label: 'Name', value: entries.name, required: true, error: errors.name })}
${selectField({ name: 'kind', label: 'Edition or register', value: entries.kind, error: errors.kind, groups: [{ choices: kinds }] })}
${selectField({ name: 'licenseId', label: 'License', value: entries.licenseId, placeholder: 'None', groups: [{ choices: licenses }] })}
${textField({ name: 'url', label: 'Server URL', type: 'url', value: entries.url, error: errors.url, hint: 'Where other servers and registers reach it.' })}
${selectField({ name: 'hubId', label: 'Hub server', value: entries.hubId, placeholder: 'None', groups: [{ choices: hubs }], hint: 'The server that this device connects to.' })}
<div class="buttons"><button>Save</button><a href="${visit.href(organizationPath(organization))}">Cancel</a></div></form>
${device && state.deviceGrants.isAuthorized(device.id) && endAuthorization(visit, device)}`,
  };
}

function endAuthorization(visit: OrganizationVisit, device: Device) {
  const action = organizationPath(visit.organization, `/devices/${encodeURIComponent(device.id)}/end-authorization`);
  return html`<form method="post" action="${visit.href(action)}" class="card">${formToken(visit.session)}
<h2>Authorization</h2><p>This device is authorized and counts as one license in use.</p>
<button class="danger">End authorization</button></form>`;
}
