/** An organization's page: its Licenses and Devices, and the link to Authorize Device. */
import type { Device, DeviceKind, License } from '../records/license-records.ts';
import { dataTable } from './data-table.ts';
import { takeNotice } from './form-parts.ts';
import { type Html, html } from './html.ts';
import { organizationPath, type OrganizationVisit, type PageAnswer } from './page-visit.ts';

export const kindNames: Readonly<Record<DeviceKind, string>> = {
  cloud: 'Cloud',
  corporate: 'Corporate',
  store: 'Store',
  register: 'Register',
};

export function organizationPage(visit: OrganizationVisit): PageAnswer {
  const { organization, state } = visit;
  const link = (rest: string): string => visit.href(organizationPath(organization, rest));
  return {
    title: organization.name,
    trail: [{ name: 'Organizations', path: '/organizations' }],
    body: html`${takeNotice(visit.session)}
<div class="page-actions"><a class="button" href="${link('/authorize')}">Authorize Device</a>
<span class="lead">Organization ID ${organization.id}</span></div>
<section aria-labelledby="licenses"><div class="section-head"><h2 id="licenses">Licenses</h2>
<a href="${link('/licenses/new')}">Add license</a></div>
${dataTable({
  label: 'Licenses',
  columns: ['Name', 'Count', 'Expires on', 'Licensed Features', 'Is Active', 'Actions'],
  rows: state.records.licensesOf(organization.id).map((license) => licenseRow(visit, license, link)),
  empty: 'There is no license yet.',
})}</section>
<section aria-labelledby="devices"><div class="section-head"><h2 id="devices">Devices</h2>
<a href="${link('/devices/new')}">Add device</a></div>
${dataTable({
  label: 'Devices',
  columns: ['Name', 'Edition', 'License', 'Hub', 'Authorized', 'Actions'],
  rows: state.records.devicesOf(organization.id).map((device) => deviceRow(visit, device, link)),
  empty: 'There is no device yet.',
})}</section>`,
  };
}

function licenseRow(visit: OrganizationVisit, license: License, link: (rest: string) => string): (Html | string)[] {
  const used = visit.state.deviceGrants.usedCount(visit.state.records, license);
  return [
    html`<span class="name">${license.name}</span>`,
    html`<span>${license.count} <span class="sub whole">${used} in use</span></span>`,
    expiryCell(license),
    license.features.join(', ') || 'none',
    license.isActive
      ? html`<span><span class="tag good">Yes</span></span>`
      : html`<span><span class="tag bad">No</span></span>`,
    html`<a href="${link(`/licenses/${encodeURIComponent(license.id)}`)}" aria-label="Edit or renew ${license.name}">Edit or renew</a>`,
  ];
}

function expiryCell(license: License): Html {
  if (license.expiresOn === undefined) return html`<span>never</span>`;
  const isPast = license.expiresOn < new Date().toISOString().slice(0, 10);
  return html`<span><span class="whole">${license.expiresOn}</span>${isPast && html` <span class="tag bad">expired</span>`}</span>`;
}

function deviceRow(visit: OrganizationVisit, device: Device, link: (rest: string) => string): (Html | string)[] {
  const { records, deviceGrants } = visit.state;
  const hub = records.device(device.hubId);
  const path = `/devices/${encodeURIComponent(device.id)}`;
  return [
    html`<span><span class="name">${device.name}</span> <span class="sub">${device.id}</span></span>`,
    kindNames[device.kind],
    records.license(device.licenseId)?.name ?? 'none',
    hub?.name ?? 'none',
    deviceGrants.isAuthorized(device.id) ? html`<span><span class="tag good">Yes</span></span>` : 'No',
    html`<span class="actions"><a href="${link(path)}" aria-label="Edit ${device.name}">Edit</a>
      <a href="${link(`${path}/remove`)}" aria-label="Remove ${device.name}">Remove</a></span>`,
  ];
}
