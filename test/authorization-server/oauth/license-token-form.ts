/** How the license token's claims are written. Families of servers differ in the types that claims can have. */
import type { SandboxSettings } from '../sandbox-settings.ts';

/** The license claims with their prefix, as JSON values or as strings. */
export function writtenClaims(
  form: SandboxSettings['claims'],
  claims: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [form.prefix + name, writtenValue(form, value)]),
  );
}

/** A server whose claims are strings writes a list with one member as that member alone. */
function writtenValue(form: SandboxSettings['claims'], value: unknown): unknown {
  if (Array.isArray(value)) {
    const members = value.map((member) => writtenValue(form, member));
    return form.values === 'text' && members.length === 1 ? members[0] : members;
  }
  if (typeof value === 'object' && value !== null) return form.objects === 'text' ? JSON.stringify(value) : value;
  return form.values === 'text' ? String(value) : value;
}

/** Adjusts the standard claims of a token that is about to be signed, according to the settings. */
export function completeToken(settings: SandboxSettings, payload: Record<string, unknown>): void {
  if (settings.audience === 'none') delete payload['aud'];
  else if (settings.audience !== 'resource') payload['aud'] = settings.audience.name;
  if (settings.scopeClaim === 'list') payload['scope'] = [...String(payload['scope']).split(' '), 'offline_access'];
  if (settings.sessionClaims) {
    Object.assign(payload, { nbf: payload['iat'], auth_time: payload['iat'], idp: 'local', amr: ['pwd'] });
  }
}
