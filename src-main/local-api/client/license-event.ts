import type { LicenseAnswer } from '../wire/license-answer.ts';

/** `GET /v1/events`: the license after connecting and after each change, and each new license token. */
export type LicenseEvent =
  | { readonly type: 'status'; readonly license: LicenseAnswer }
  | { readonly type: 'token_refreshed'; readonly expires_at: string };
