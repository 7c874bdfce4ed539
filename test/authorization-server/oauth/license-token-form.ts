/** How the license token's claims are written: families of servers differ in what their claims can hold. */
import type { SandboxSettings } from '../sandbox-settings.ts';

/** The license claims with their prefix, as values of JSON or as strings. */
export function writtenClaims(
  form: SandboxSettings['claims'],
  claims: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [form.prefix + name, writtenValue(form, value)]),
  );
}

/** A server whose claims are strings writes a list of one as its only member. */
function writtenValue(form: SandboxSettings['claims'], value: unknown): unknown {
  if (Array.isArray(value)) {
    const members = value.map((member) => writtenValue(form, member));
    return form.values === 'text' && members.length === 1 ? members[0] : members;
  }
  if (typeof value === 'object' && value !== null) return form.objects === 'text' ? JSON.stringify(value) : value;
  return form.values === 'text' ? String(value) : value;
}

/** The standard claims as the settings want them, in a token that is about to be signed. */
export function completeToken(settings: SandboxSettings, payload: Record<string, unknown>): void {
  if (settings.audience === 'none') delete payload['aud'];
  else if (settings.audience !== 'resource') payload['aud'] = settings.audience.name;
  if (settings.scopeClaim === 'list') payload['scope'] = [...String(payload['scope']).split(' '), 'offline_access'];
  if (settings.sessionClaims) {
    Object.assign(payload, { nbf: payload['iat'], auth_time: payload['iat'], idp: 'local', amr: ['pwd'] });
  }
}
