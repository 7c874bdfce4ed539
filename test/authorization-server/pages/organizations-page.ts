/** Organizations: the list, Create New, and the entry point for links with a user code. */
import { dataTable } from './data-table.ts';
import { formToken, noticeBox, takeNotice, textField } from './form-parts.ts';
import { html } from './html.ts';
import { organizationPath, type PageAnswer, type PageVisit, type SignedInVisit } from './page-visit.ts';

const organizations = { name: 'Organizations', path: '/organizations' };

export function organizationsPage(visit: SignedInVisit): PageAnswer {
  const { records } = visit.state;
  const rows = records
    .organizationsOf(visit.user)
    .map((organization) => [
      html`<a class="name" href="${visit.href(organizationPath(organization))}">${organization.name}</a>`,
      organization.id,
      String(records.devicesOf(organization.id).length),
      html`<a class="button plain" href="${visit.href(organizationPath(organization))}" aria-label="Manage ${organization.name}">Manage</a>`,
    ]);
  return {
    title: 'Organizations',
    body: html`${takeNotice(visit.session)}${visit.session.userCode !== undefined && codeWaits(visit.session.userCode)}
<p class="lead">Choose the organization to manage.</p>
<section>${dataTable({
      label: 'Organizations',
      columns: ['Name', 'Organization ID', 'Devices', 'Actions'],
      rows,
      empty: 'You manage no organization yet. Create one.',
    })}</section>
<p><a class="button plain" href="${visit.href('/organizations/new')}">Create New</a></p>`,
  };
}

function codeWaits(userCode: string) {
  return noticeBox({
    tone: 'info',
    headline: `The code ${userCode} is ready.`,
    detail: 'Choose the organization, then Authorize Device. The code will be filled in.',
  });
}

export function newOrganizationPage(visit: SignedInVisit): PageAnswer {
  const name = (visit.form.get('name') ?? '').trim();
  if (visit.isPost && name !== '') {
    const organization = visit.state.records.addOrganization({ name });
    visit.user.organizationIds.add(organization.id);
    return { redirect: organizationPath(organization) };
  }
  const error = visit.isPost ? 'Enter a name.' : undefined;
  return {
    title: 'New organization',
    trail: [organizations],
    status: error === undefined ? 200 : 422,
    body: html`<form method="post" class="card narrow">${formToken(visit.session)}
${textField({ name: 'name', label: 'Name', required: true, autofocus: true, error })}
<div class="buttons"><button>Create</button><a href="${visit.href('/organizations')}">Cancel</a></div></form>`,
  };
}

/**
 * Serves `verification_uri` and `verification_uri_complete` (RFC 8628 §3.3) and keeps the code for its form. A person who has
 * already managed an organization in this session goes straight to its form; everyone else chooses an organization first.
 */
export function verificationEntry(visit: PageVisit): PageAnswer {
  const userCode = visit.query.get(visit.state.dialect.userCodeParameter);
  if (userCode !== null) visit.session.userCode = userCode.slice(0, 40);
  const organization = visit.state.records.organization(visit.session.organizationId ?? '');
  const isSignedIn = visit.session.username !== undefined;
  if (!isSignedIn) return { redirect: '/sign-in' };
  return { redirect: organization ? organizationPath(organization, '/authorize') : '/organizations' };
}
