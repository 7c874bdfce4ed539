/** One page request, and the possible answers. */
import type { DeviceCodeDecisions } from '../oauth/device-code-decisions.ts';
import type { Organization, User } from '../records/license-records.ts';
import type { SandboxState } from '../sandbox-state.ts';
import type { Html } from './html.ts';
import type { PageSession, PageSessions } from './page-sessions.ts';

export interface PageVisit {
  readonly state: SandboxState;
  readonly decisions: DeviceCodeDecisions;
  readonly sessions: PageSessions;
  session: PageSession;
  readonly isPost: boolean;
  /** Below the issuer. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** The named parts of the path. */
  readonly names: Readonly<Record<string, string>>;
  /** Turns a path below the issuer into one for a link. */
  href(path: string): string;
}

/** A visit by a signed-in user. */
export interface SignedInVisit extends PageVisit {
  readonly user: User;
}

/** A visit to a page of one organization. */
export interface OrganizationVisit extends SignedInVisit {
  readonly organization: Organization;
}

export type PageAnswer =
  | {
      readonly title: string;
      readonly body: Html;
      readonly status?: number;
      /** The breadcrumb; the page itself is the last entry. */
      readonly trail?: readonly { readonly name: string; readonly path: string }[];
    }
  | { readonly redirect: string };

export function organizationPath(organization: Organization, rest = ''): string {
  return `/organizations/${encodeURIComponent(organization.id)}${rest}`;
}
