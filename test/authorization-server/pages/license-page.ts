/** One license: add it, edit it, renew it. Its devices get a change with their next refresh. */
import type { License } from '../records/license-records.ts';
import { checkboxField, formToken, textField } from './form-parts.ts';
import { html } from './html.ts';
import { organizationPath, type OrganizationVisit, type PageAnswer } from './page-visit.ts';

interface LicenseEntries {
  readonly name: string;
  readonly count: string;
  readonly expiresOn: string;
  readonly features: string;
  readonly isActive: boolean;
}

type Errors = { readonly [K in keyof LicenseEntries]?: string };

export function newLicensePage(visit: OrganizationVisit): PageAnswer {
  if (!visit.isPost) {
    return licenseForm(
      visit,
      'New license',
      { name: '', count: '1', expiresOn: '', features: 'xms', isActive: true },
      {},
    );
  }
  const entries = entriesOf(visit.form);
  const errors = errorsOf(entries);
  if (Object.keys(errors).length > 0) return licenseForm(visit, 'New license', entries, errors);
  const organizationId = visit.organization.id;
  visit.state.records.addLicense({
    organizationId,
    timeZone: 'America/New_York',
    warningDays: 30,
    ...valuesOf(entries),
  });
  return saved(visit, entries.name);
}

export function editLicensePage(visit: OrganizationVisit, license: License): PageAnswer {
  const title = `License ${license.name}`;
  if (!visit.isPost) {
    const { name, isActive } = license;
    const expiresOn = license.expiresOn ?? '';
    return licenseForm(
      visit,
      title,
      { name, count: String(license.count), expiresOn, features: license.features.join(', '), isActive },
      {},
    );
  }
  const entries = entriesOf(visit.form);
  const errors = errorsOf(entries);
  if (Object.keys(errors).length > 0) return licenseForm(visit, title, entries, errors);
  const { expiresOn, ...values } = valuesOf(entries);
  visit.state.records.updateLicense(license.id, { ...values, expiresOn: expiresOn ?? null });
  return saved(visit, entries.name);
}

function saved(visit: OrganizationVisit, name: string): PageAnswer {
  visit.session.notice = {
    tone: 'success',
    headline: `License ${name} saved.`,
    detail: 'Its devices learn of it with their next refresh.',
  };
  return { redirect: organizationPath(visit.organization) };
}

function entriesOf(form: URLSearchParams): LicenseEntries {
  const text = (name: string): string => (form.get(name) ?? '').trim();
  return {
    name: text('name'),
    count: text('count'),
    expiresOn: text('expiresOn'),
    features: text('features'),
    isActive: form.get('isActive') === 'yes',
  };
}

function errorsOf(entries: LicenseEntries): Errors {
  const isDate = entries.expiresOn === '' || !Number.isNaN(Date.parse(`${entries.expiresOn}T00:00:00Z`));
  return {
    ...(entries.name === '' && { name: 'Enter a name.' }),
    ...(!/^\d{1,6}$/.test(entries.count) && { count: 'Enter a whole number.' }),
    ...(!(isDate && /^(\d{4}-\d\d-\d\d)?$/.test(entries.expiresOn)) && {
      expiresOn: 'Enter a date as year-month-day, or leave it empty.',
    }),
  };
}

function valuesOf(entries: LicenseEntries) {
  return {
    name: entries.name,
    count: Number(entries.count),
    expiresOn: entries.expiresOn === '' ? undefined : entries.expiresOn,
    features: entries.features.split(/[\s,]+/).filter((feature) => feature !== ''),
    isActive: entries.isActive,
  };
}

function licenseForm(visit: OrganizationVisit, title: string, entries: LicenseEntries, errors: Errors): PageAnswer {
  const { organization } = visit;
  return {
    title,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    trail: [
      { name: 'Organizations', path: '/organizations' },
      { name: organization.name, path: organizationPath(organization) },
    ],
    body: html`<form method="post" class="card" novalidate>${formToken(visit.session)}
${textField({ name: 'name', label: 'Name', value: entries.name, required: true, error: errors.name })}
${textField({ name: 'count', label: 'Count', type: 'number', value: entries.count, required: true, error: errors.count, hint: 'How many devices may be authorized at the same time.' })}
${textField({ name: 'expiresOn', label: 'Expires on', type: 'date', value: entries.expiresOn, error: errors.expiresOn, hint: 'The license holds through the end of this day. Empty: it never needs renewal.' })}
${textField({ name: 'features', label: 'Licensed Features', value: entries.features, hint: 'Separated by commas, for example xms.' })}
${checkboxField({ name: 'isActive', label: 'Is Active', checked: entries.isActive })}
<div class="buttons"><button>Save</button><a href="${visit.href(organizationPath(organization))}">Cancel</a></div></form>`,
  };
}
