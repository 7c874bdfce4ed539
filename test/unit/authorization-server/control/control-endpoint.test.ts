import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AuthorizationServer,
  startAuthorizationServer,
} from '../../../authorization-server/authorization-server.ts';
import { SandboxClient } from '../sandbox-client.ts';
import { notOnWindows } from '../../../fakes/on-windows.ts';

let server: AuthorizationServer;
beforeAll(async () => {
  server = await startAuthorizationServer();
});
afterAll(() => server.close());

async function operate(
  name: string,
  argument: unknown = {},
  contentType = 'application/json',
  controlUrl = server.controlUrl,
) {
  const response = await fetch(`${controlUrl}/${name}`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body: JSON.stringify(argument),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the control port of the sandbox', () => {
  it('lists its operations and performs each that needs no argument', async () => {
    const { operations } = (await (await fetch(server.controlUrl)).json()) as { operations: string[] };
    expect(operations).toContain('authorizeCode');
    for (const name of [
      'settings',
      'clearFaults',
      'clearClaimOverrides',
      'requests',
      'clearRequests',
      'records',
      'reset',
      'stop',
      'start',
    ]) {
      expect(operations).toContain(name);
      expect(await operate(name)).toMatchObject({ status: 200 });
    }
  });

  it('authorizes a code, and lists and revokes the grants of a device', async () => {
    const client = new SandboxClient(server);
    const code = await client.deviceCode();
    const { body } = await operate('authorizeCode', { userCode: code.user_code, device: 'Store 014' });
    expect((await client.poll(code)).status).toBe(200);
    expect(await operate('grantsOfDevice', { device: 'Store 014' })).toMatchObject({
      body: { grants: [body.grantId] },
    });
    expect(await operate('revokeDevice', { device: 'store-014-8f0c2d17' })).toMatchObject({ body: { revoked: 1 } });
  });

  it('changes settings, records and faults', async () => {
    await operate('configure', { tokenLifeSeconds: 90, interval: { enforceSeconds: 0.05 } });
    expect((await operate('settings')).body).toMatchObject({
      tokenLifeSeconds: 90,
      interval: { enforceSeconds: 0.05 },
    });
    const added = await operate('addDevice', {
      organizationId: 'fc-xmsqa1',
      name: 'Store 099',
      kind: 'store',
      licenseId: 'lic-rms-servers',
    });
    expect(added.body).toMatchObject({ name: 'Store 099' });
    await operate('addFault', { endpoint: 'jwks', fault: { kind: 'status', status: 500 }, times: 1 });
    expect((await fetch(`${server.issuer}/jwks`)).status).toBe(500);
    await operate('reset');
    expect((await operate('settings')).body).toMatchObject({ tokenLifeSeconds: 432_000 });
    expect(JSON.stringify((await operate('records')).body)).not.toContain('Store 099');
  });

  it('explains what is wrong with a request', async () => {
    expect(await operate('constructor')).toMatchObject({ status: 404 });
    expect(await operate('configure', {}, 'text/plain')).toMatchObject({ status: 415 });
    expect(await operate('configure', { tokenLifeSeconds: -1, nonsense: true })).toMatchObject({ status: 400 });
    expect((await operate('revokeDevice', { device: 'Store 777' })).body.error).toBe('There is no device Store 777.');
    expect((await operate('denyCode', { userCode: '1' })).body.error).toContain('not known');
    expect((await fetch(`${server.controlUrl}/settings`)).status).toBe(405);
  });
});

describe('the sandbox as a program', notOnWindows('sourceLoader'), () => {
  function run(...options: string[]) {
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/authorization-server/main.ts', ...options]);
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
    return { child, output };
  }

  it('prints its addresses as JSON, works, and ends on SIGTERM without an error', async () => {
    const { child, output } = run('--json');
    await expect.poll(() => output.stdout, { timeout: 30_000 }).toContain('\n');
    const { issuer, controlUrl, signIns } = JSON.parse(output.stdout) as {
      issuer: string;
      controlUrl: string;
      signIns: unknown[];
    };
    expect((await fetch(`${issuer}/.well-known/openid-configuration`)).status).toBe(200);
    expect(await operate('settings', {}, 'application/json', controlUrl)).toMatchObject({ status: 200 });
    expect(signIns).toContainEqual({ username: 'installer', password: 'fusion-demo' });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(output.stderr).toBe('');
  });

  it('fails with a message if the port is in use', async () => {
    const { port } = new URL(server.issuer);
    const { child, output } = run('--port', port);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(output.stderr).toBe(
      `Port ${port} is in use by another program. Choose another one, or leave it out for a free one.\n`,
    );
    expect(output.stdout).toBe('');
  });

  it('explains its usage if the options are wrong', async () => {
    const { child, output } = run('--port', 'many');
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(output.stderr).toContain('Usage:');
  });
});
