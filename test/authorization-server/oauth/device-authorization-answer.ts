/** Adds what `oidc-provider` leaves out of the device authorization response (RFC 8628 §3.2). */
import { randomInt } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { SandboxState } from '../sandbox-state.ts';

/** Consonants only (RFC 8628 §6.1), so that codes form no words and no letter looks like a digit. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';

interface AnswerContext {
  status: number;
  body: unknown;
}

interface DeviceAuthorizationAnswer {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete?: string;
  interval?: unknown;
}

/** Adds `interval` and `verification_uri_complete` according to the settings. Replaces the user code's digits if letters are set. */
export async function completeDeviceAuthorization(
  state: SandboxState,
  provider: Provider,
  ctx: AnswerContext,
): Promise<void> {
  if (ctx.status !== 200) return;
  const answer = ctx.body as DeviceAuthorizationAnswer;
  if (state.settings.userCodeStyle === 'letters') {
    const userCode = `${randomLetters(4)}-${randomLetters(4)}`;
    const code = await provider.DeviceCode.find(answer.device_code);
    if (code) await Object.assign(code, { userCode: normalizedUserCode(userCode) }).save();
    answer.user_code = userCode;
  }
  answer.verification_uri_complete = `${answer.verification_uri}?${state.dialect.userCodeParameter}=${answer.user_code}`;
  if (!state.settings.verificationUriComplete) delete answer.verification_uri_complete;
  if ('announce' in state.settings.interval) answer.interval = state.settings.interval.announce;
  ctx.body = answer;
}

/** Normalizes a code that a person typed: case, spaces and dashes do not matter (RFC 8628 §6.1). */
export function normalizedUserCode(typed: string): string {
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
}

function randomLetters(count: number): string {
  return Array.from({ length: count }, () => letters[randomInt(letters.length)]).join('');
}
