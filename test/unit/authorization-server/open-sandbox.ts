import { afterAll, beforeEach } from 'vitest';
import { type AuthorizationServer, startAuthorizationServer } from '../../authorization-server/authorization-server.ts';
import { SandboxClient } from './sandbox-client.ts';

/** A sandbox for all tests of a file, and its client. Each test starts with a sandbox that has been reset. */
export async function openSandbox(): Promise<{ server: AuthorizationServer; client: SandboxClient }> {
  const server = await startAuthorizationServer();
  beforeEach(() => server.control.reset());
  afterAll(() => server.close());
  return { server, client: new SandboxClient(server) };
}
