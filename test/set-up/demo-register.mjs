import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from './repository.mjs';

const place = join(repository, 'out/demo-register.json');
const device = 'Register 014-1';
const client = 'fusion-license-console';

/**
 * Licenses a register of Store 014 at the sandbox. Writes what its POS server would send to `/v1/verify` to a file that only this
 * account can read. The sandbox issued the token, so it is worthless elsewhere.
 * @param {{ issuer: string, controlUrl: string }} server
 * @returns {Promise<{ device: string, path: string, remove(): void }>}
 */
export async function licensedRegister({ issuer, controlUrl }) {
  const code = await answerOf(`${issuer}/device/auth`, {
    body: new URLSearchParams({
      client_id: client,
      scope: 'offline_access license',
      resource: 'urn:fusion-pos:license',
    }),
  });
  await answerOf(`${controlUrl}/authorizeCode`, {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userCode: code.user_code, device }),
  });
  const { access_token: token } = await answerOf(`${issuer}/token`, {
    body: new URLSearchParams({
      client_id: client,
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: code.device_code,
    }),
  });
  const remove = () => rmSync(place, { force: true });
  remove();
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, JSON.stringify({ token }), { mode: 0o600 });
  return { device, path: place, remove };
}

async function answerOf(url, request) {
  const response = await fetch(url, { method: 'POST', ...request });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${url}`);
  return response.json();
}
