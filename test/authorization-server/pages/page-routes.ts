/** Maps paths to pages and decides who may see them. */
import { authorizeDevice, confirmDevice, openAuthorizePage } from './authorize-page.ts';
import { editDevicePage, newDevicePage, removeDevicePage, revokeDevice } from './device-page.ts';
import { html } from './html.ts';
import { editLicensePage, newLicensePage } from './license-page.ts';
import { organizationPage } from './organization-page.ts';
import { newOrganizationPage, organizationsPage, verificationEntry } from './organizations-page.ts';
import type { OrganizationVisit, PageAnswer, PageVisit, SignedInVisit } from './page-visit.ts';
import { signIn, signInPage, signOut } from './sign-in-page.ts';

type Answer = PageAnswer | Promise<PageAnswer>;
type Page = (visit: PageVisit) => Answer;

interface Route {
  readonly path: readonly string[];
  readonly get?: Page;
  readonly post?: Page;
}

const organization = '/organizations/:organization';

const routes: readonly Route[] = [
  route('/', {
    get: ({ state }) => (state.settings.startPage === 'missing' ? notFoundPage() : { redirect: '/organizations' }),
  }),
  route('/sign-in', { get: (visit) => signInPage(visit), post: signIn }),
  route('/sign-out', { post: signOut }),
  route('/device', { get: verificationEntry }),
  route('/organizations', { get: signedIn(organizationsPage) }),
  route('/organizations/new', both(signedIn(newOrganizationPage))),
  route(organization, { get: inOrganization(organizationPage) }),
  route(`${organization}/licenses/new`, both(inOrganization(newLicensePage))),
  route(`${organization}/licenses/:license`, both(inOrganization(withLicense))),
  route(`${organization}/devices/new`, both(inOrganization(newDevicePage))),
  route(`${organization}/devices/:device`, both(inOrganization(withDevice(editDevicePage)))),
  route(`${organization}/devices/:device/remove`, both(inOrganization(withDevice(removeDevicePage)))),
  route(`${organization}/devices/:device/end-authorization`, { post: inOrganization(withDevice(revokeDevice)) }),
  route(`${organization}/authorize`, {
    get: inOrganization(openAuthorizePage),
    post: inOrganization(authorizeDevice),
  }),
  route(`${organization}/authorize/confirm`, {
    // Reloading the page after the confirm prompt leads back to the form.
    get: (visit) => ({ redirect: `/organizations/${encodeURIComponent(visit.names.organization ?? '')}/authorize` }),
    post: inOrganization(confirmDevice),
  }),
];

function route(path: string, pages: Omit<Route, 'path'>): Route {
  return { path: path.split('/'), ...pages };
}

function both(page: Page): Omit<Route, 'path'> {
  return { get: page, post: page };
}

/** The page for a method and a path below the issuer, with the named parts of the path. */
export function findPage(
  method: string,
  path: string,
): { page: Page; names: Readonly<Record<string, string>> } | undefined {
  const parts = path.split('/');
  for (const candidate of routes) {
    const names = namesIn(candidate.path, parts);
    const page = method === 'POST' ? candidate.post : candidate.get;
    if (names !== undefined && page !== undefined) return { page, names };
  }
  return undefined;
}

function namesIn(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined;
  const names: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index] ?? '';
    if (piece.startsWith(':')) names[piece.slice(1)] = decoded(part);
    else if (piece !== part) return undefined;
  }
  return names;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Requires a sign-in. A visitor who is not signed in signs in first and then continues to the requested page. */
function signedIn(page: (visit: SignedInVisit) => Answer): Page {
  return (visit) => {
    const user = visit.state.records.user(visit.session.username ?? '');
    if (user !== undefined) return page(Object.assign(visit, { user }));
    if (!visit.isPost) visit.session.returnTo = visit.path;
    return { redirect: '/sign-in' };
  };
}

function inOrganization(page: (visit: OrganizationVisit) => Answer): Page {
  return signedIn((visit) => {
    const found = visit.state.records.organization(visit.names.organization ?? '');
    if (found === undefined || !visit.user.organizationIds.has(found.id)) return notFoundPage();
    visit.session.organizationId = found.id;
    return page(Object.assign(visit, { organization: found }));
  });
}

function withLicense(visit: OrganizationVisit): Answer {
  const license = visit.state.records.license(visit.names.license);
  return license?.organizationId === visit.organization.id ? editLicensePage(visit, license) : notFoundPage();
}

function withDevice(page: (visit: OrganizationVisit, device: NonNullable<DeviceOf>) => Answer) {
  return (visit: OrganizationVisit): Answer => {
    const device = visit.state.records.device(visit.names.device);
    return device?.organizationId === visit.organization.id ? page(visit, device) : notFoundPage();
  };
}

type DeviceOf = ReturnType<PageVisit['state']['records']['device']>;

export function notFoundPage(): PageAnswer {
  return {
    title: 'Not found',
    status: 404,
    body: html`<p class="lead">There is nothing at this address, or your sign-in may not see it.</p>`,
  };
}
