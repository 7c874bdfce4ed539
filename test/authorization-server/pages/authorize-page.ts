/** Authorize Device: the `Device` drop-down, the `UserCode` field, **Authorize**, and the confirm prompt (RFC 8628 §3.3). */
import { licenseRefusal } from '../oauth/license-refusal.ts';
import { type Device, deviceKinds } from '../records/license-records.ts';
import { formToken, noticeBox, selectField, takeNotice, textField } from './form-parts.ts';
import { html } from './html.ts';
import { kindNames } from './organization-page.ts';
import type { Notice } from './page-sessions.ts';
import { organizationPath, type OrganizationVisit, type PageAnswer } from './page-visit.ts';

interface Entries {
  readonly deviceId: string;
  readonly userCode: string;
  readonly errors: { readonly device?: string; readonly userCode?: string };
}

/** Opens the form. A code from a link is not filled in if it is no longer valid. */
export async function openAuthorizePage(visit: OrganizationVisit): Promise<PageAnswer> {
  const { userCode } = visit.session;
  if (userCode === undefined || (await visit.decisions.isPending(userCode))) return authorizePage(visit);
  visit.session.userCode = undefined;
  const detail = 'Ask the License Console for a new one.';
  return authorizePage(visit, undefined, {
    tone: 'error',
    headline: `The code ${userCode} is not known or has expired.`,
    detail,
  });
}

/** The form. After a device was authorized, the form is ready for the next device. */
function authorizePage(visit: OrganizationVisit, entries?: Entries, notice?: Notice): PageAnswer {
  const { organization, session } = visit;
  const userCode = entries?.userCode ?? session.userCode ?? '';
  const hasJustAuthorized = session.notice?.tone === 'success';
  const groups = deviceKinds.map((kind) => ({
    label: kind === 'register' ? 'Registers' : kindNames[kind],
    choices: visit.state.records
      .devicesOf(organization.id)
      .filter((device) => device.kind === kind)
      .map(({ id, name }) => ({ value: id, name })),
  }));
  return {
    title: 'Authorize Device',
    status: entries ? 422 : 200,
    trail: trailTo(visit),
    body: html`${notice ? noticeBox(notice) : takeNotice(session)}
<form method="post" action="${visit.href(organizationPath(organization, '/authorize'))}" class="card">${formToken(session)}
${hasJustAuthorized && html`<h2 class="field">Authorize another device</h2>`}
${selectField({ name: 'Device', label: 'Device', value: entries?.deviceId, required: true, error: entries?.errors.device, placeholder: 'Choose a device', groups, autofocus: entries === undefined })}
${textField({ name: 'UserCode', label: 'UserCode', value: userCode, required: true, isCode: true, error: entries?.errors.userCode, autofocus: entries?.errors.userCode !== undefined, hint: 'The User Code that the License Console shows.' })}
<div class="buttons"><button>Authorize</button></div></form>`,
  };
}

/** Checks the entries and asks for confirmation. If the license allows no more devices, the console's code is denied at once. */
export async function authorizeDevice(visit: OrganizationVisit): Promise<PageAnswer> {
  const checked = await checkEntries(visit);
  return 'answer' in checked ? checked.answer : confirmPage(visit, checked.device, checked.userCode);
}

export async function confirmDevice(visit: OrganizationVisit): Promise<PageAnswer> {
  const checked = await checkEntries(visit);
  if ('answer' in checked) return checked.answer;
  const { device, userCode } = checked;
  visit.session.userCode = undefined;
  if (visit.form.get('decision') === 'confirm') {
    await visit.decisions.authorize(userCode, device, visit.user.username);
    visit.session.notice = {
      tone: 'success',
      headline: 'Device authorized. Return to the License Console.',
      detail: `${device.name} was authorized for ${visit.organization.name}.`,
    };
  } else {
    await visit.decisions.deny(userCode);
    visit.session.notice = {
      tone: 'info',
      headline: 'The request was denied.',
      detail: `${device.name} was not authorized.`,
    };
  }
  return { redirect: organizationPath(visit.organization, '/authorize') };
}

type Checked = { readonly device: Device; readonly userCode: string } | { readonly answer: PageAnswer };

async function checkEntries(visit: OrganizationVisit): Promise<Checked> {
  const deviceId = visit.form.get('Device') ?? '';
  const userCode = (visit.form.get('UserCode') ?? '').trim();
  const device = visit.state.records.device(deviceId);
  const again = (errors: Entries['errors'], notice?: Notice): Checked => ({
    answer: authorizePage(visit, { deviceId, userCode, errors }, notice),
  });
  if (device?.organizationId !== visit.organization.id) return again({ device: 'Choose the device to authorize.' });
  if (!(await visit.decisions.isPending(userCode))) {
    visit.session.userCode = undefined;
    const headline = 'That code is not known or has expired.';
    const detail = 'Compare it with the one in the License Console, or ask for a new one there.';
    return again({ userCode: `${headline} ${detail}` });
  }
  const refusal = licenseRefusal(visit.state, device);
  if (refusal === undefined) return { device, userCode };
  if (refusal.description !== undefined) {
    await visit.decisions.deny(userCode, refusal.description);
    visit.session.userCode = undefined;
  }
  const notice = { tone: 'error' as const, headline: refusal.words, detail: refusal.advice };
  const kept = refusal.description === undefined ? userCode : '';
  return { answer: authorizePage(visit, { deviceId, userCode: kept, errors: {} }, notice) };
}

function confirmPage(visit: OrganizationVisit, device: Device, userCode: string): PageAnswer {
  const { organization, state } = visit;
  const license = state.records.license(device.licenseId);
  const hub = state.records.device(device.hubId);
  const used = license ? state.deviceGrants.usedCount(state.records, license) : 0;
  return {
    title: 'Confirm',
    trail: [...trailTo(visit), { name: 'Authorize Device', path: organizationPath(organization, '/authorize') }],
    body: html`<form method="post" action="${visit.href(organizationPath(organization, '/authorize/confirm'))}" class="card">
${formToken(visit.session)}
<input type="hidden" name="Device" value="${device.id}"><input type="hidden" name="UserCode" value="${userCode}">
<p class="question">Authorize ${device.name} with code <code>${userCode}</code>?</p>
<dl><dt>Organization</dt><dd>${organization.name}</dd>
<dt>Edition</dt><dd>${kindNames[device.kind]}</dd>
<dt>License</dt><dd>${license?.name ?? 'none'}${license && html` <span class="sub">${used} of ${license.count} in use</span>`}</dd>
<dt>Hub server</dt><dd>${hub?.name ?? 'none'}${hub?.url !== undefined && html` <span class="sub">${hub.url}</span>`}</dd></dl>
<div class="buttons"><button name="decision" value="confirm" autofocus>Confirm</button>
<button name="decision" value="deny" class="danger">Deny</button></div></form>`,
  };
}

function trailTo({ organization }: OrganizationVisit) {
  return [
    { name: 'Organizations', path: '/organizations' },
    { name: organization.name, path: organizationPath(organization) },
  ];
}
