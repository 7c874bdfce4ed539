import { EventEmitter, once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, Server } from 'node:net';
import type { AuthInfo, ProxyConfig, WebContents } from 'electron';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PanePolicy } from '../../../../../../src-main/desktop/authorization-pane/limits/navigation-policy.ts';
import { PaneConnection } from '../../../../../../src-main/desktop/authorization-pane/pane-proxy/pane-connection.ts';

const policy: PanePolicy = { issuer: new URL('https://auth.example'), privateHosts: [] };
const nowhere = 'http://127.0.0.1:0';

/** The used part of a session. It records its rules and, like Chromium, follows them in order. */
class NotedSession {
  rules: string[] = [];
  readonly bypass = new Set<string | undefined>();

  get port(): number {
    return Number(new URL(this.rules.at(-1) ?? nowhere).port);
  }

  async setProxy({ proxyRules = '', proxyBypassRules }: ProxyConfig): Promise<void> {
    this.rules.push(proxyRules);
    this.bypass.add(proxyBypassRules);
    expect(closedPorts).not.toContain(this.port);
    await new Promise(setImmediate);
  }
}

const sessions: NotedSession[] = [];
const closedPorts: number[] = [];
const close = Object.getOwnPropertyDescriptor(Server.prototype, 'close')?.value as (...given: unknown[]) => Server;
/** No session may still use a port when its server closes. */
Server.prototype.close = function closeAndLook(this: Server, ...given) {
  const address = this.address();
  if (address !== null && typeof address === 'object') {
    closedPorts.push(address.port);
    ledToClosed.push(...sessions.map(({ port }) => port).filter((port) => port === address.port));
  }
  return close.apply(this, given);
};
const ledToClosed: number[] = [];

async function isTaken(rules: string): Promise<boolean> {
  const socket = connect(Number(new URL(rules).port), '127.0.0.1');
  const taken = await Promise.race([
    once(socket, 'connect').then(() => true),
    new Promise<boolean>((resolve) => socket.once('error', () => resolve(false))),
  ]);
  socket.destroy();
  return taken;
}

/** Electron's request through the proxy of the session. A test can change who asks for a name and a password. */
const electron = vi.hoisted(() => ({
  asks: {} as Partial<AuthInfo>,
  answers: [] as unknown[][],
  names: [] as string[],
}));

vi.mock('electron', () => ({
  session: {
    fromPartition: (name: string) => {
      electron.names.push(name);
      return { resolveProxy: async () => '', resolveHost: async () => ({ endpoints: [] }) };
    },
  },
  net: {
    request: ({ session, url }: { session: NotedSession; url: string }) => {
      const request = new EventEmitter();
      const send = (headers: Record<string, string>) => {
        const onward = httpRequest({ host: '127.0.0.1', port: session.port, path: url, headers, agent: false });
        onward.on('error', (error) => request.emit('error', error));
        onward.on('response', (answer) => {
          answer.resume();
          if (answer.statusCode !== 407 || headers['proxy-authorization']) return request.emit('response', answer);
          const asked = { isProxy: true, host: '127.0.0.1', port: session.port, realm: 'Authorization pane' };
          return request.emit('login', { ...asked, ...electron.asks }, (name?: string, secret?: string) => {
            electron.answers.push([name, secret]);
            if (name === undefined) return request.emit('response', answer);
            return send({ 'proxy-authorization': `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` });
          });
        });
        onward.end();
      };
      return Object.assign(request, { end: () => send({}) });
    },
  },
}));

const closing: PaneConnection[] = [];
afterEach(async () => {
  electron.asks = {};
  electron.answers = [];
  vi.restoreAllMocks();
  for (const connection of closing.splice(0)) await connection.close();
  sessions.length = 0;
  closedPorts.length = 0;
  expect(ledToClosed.splice(0)).toEqual([]);
});

function open(session = new NotedSession()) {
  sessions.push(session);
  const contents = Object.assign(new EventEmitter(), { session, setWebRTCIPHandlingPolicy: vi.fn() });
  const connection = new PaneConnection(contents as unknown as WebContents, policy);
  closing.push(connection);
  return { session, contents, connection };
}

/** The answer to a page's request for a name and a password. Null: none. */
function loginOf(contents: EventEmitter, asked: Partial<AuthInfo>, port: number): unknown[] | null {
  let answered: unknown[] | null = null;
  const event = { preventDefault: vi.fn() };
  const all = { isProxy: true, scheme: 'basic', host: '127.0.0.1', port, realm: 'Authorization pane', ...asked };
  contents.emit('login', event, {}, all, (...given: unknown[]) => (answered = given));
  expect(event.preventDefault).toHaveBeenCalledTimes(answered ? 1 : 0);
  return answered;
}

describe('the connection of the pane', () => {
  it('leads to its own proxy only while that proxy listens, and nowhere before and after', async () => {
    const { session, connection, contents } = open();
    expect(contents.setWebRTCIPHandlingPolicy).toHaveBeenCalledWith('disable_non_proxied_udp');
    expect(session.rules).toEqual([]);
    expect(await connection.ready()).toBeNull();
    const [, at = ''] = session.rules;
    expect(session.rules).toEqual([nowhere, expect.stringMatching(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/)]);
    expect(electron.answers).toEqual([['pane', expect.stringMatching(/^[\w-]{43}$/)]]);
    await connection.ready();
    await connection.close();
    expect(session.rules).toEqual([nowhere, at, nowhere]);
    expect(await isTaken(at)).toBe(false);
    expect([...session.bypass]).toEqual(['<-loopback>']);
    expect(new Set(electron.names)).toEqual(new Set(['system-network']));
  });

  it('sends the secret only to its own proxy', async () => {
    const { session, contents, connection } = open();
    expect(loginOf(contents, {}, 0)).toBeNull();
    await connection.ready();
    const { port } = session;
    expect(loginOf(contents, {}, port)).toEqual(electron.answers[0]);
    for (const other of [
      { isProxy: false },
      { host: 'localhost' },
      { host: '10.0.0.1' },
      { port: port + 1 },
      { realm: 'pane' },
    ])
      expect(loginOf(contents, other, port), JSON.stringify(other)).toBeNull();
  });

  it('does not answer another proxy that asks for the secret, and reports a failure', async () => {
    electron.asks = { host: '10.0.0.1' };
    const { session, connection } = open();
    expect(await connection.ready()).toMatchObject({ code: 'pane_not_connected' });
    expect(electron.answers).toEqual([[undefined, undefined]]);
    expect(session.rules.at(-1)).toBe(nowhere);
  });

  it('reports why the proxy cannot listen, and tries again at the next call', async () => {
    const { session, connection } = open();
    vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function refuse(this: Server) {
      process.nextTick(() => this.emit('error', new Error('EACCES')));
      return this;
    });
    expect(await connection.ready()).toMatchObject({
      code: 'pane_not_connected',
      detail: expect.stringContaining('EACCES'),
    });
    expect(new Set(session.rules)).toEqual(new Set([nowhere]));
    expect(await connection.ready()).toBeNull();
    expect(session.port).toBeGreaterThan(0);
  });

  it.each([0, 1, 2, 3, 5, 8])(
    'leads nowhere and leaves no proxy if it is closed while it opens (%i turns later)',
    async (turns) => {
      const { session, connection } = open();
      const ready = connection.ready();
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      await connection.close();
      await ready;
      expect(session.rules.at(-1)).toBe(nowhere);
      for (const rules of session.rules) if (rules !== nowhere) expect(await isTaken(rules)).toBe(false);
    },
  );

  it.each([0, 1, 2, 3, 5, 8])(
    'does not affect the proxy of the next pane of the same session (%i turns later)',
    async (turns) => {
      const first = open();
      const opened = first.connection.ready();
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      const closed = first.connection.close();
      const next = open(first.session);
      const [, , failure] = await Promise.all([opened, closed, next.connection.ready()]);
      expect(failure).toBeNull();
      expect(first.session.port).toBeGreaterThan(0);
      expect(await isTaken(first.session.rules.at(-1) ?? '')).toBe(true);
    },
  );

  it('reports no error for an address that was not requested', async () => {
    const { connection } = open();
    expect(connection.errorOf('https://x.example/')).toBeUndefined();
    await connection.ready();
    expect(connection.errorOf('https://x.example/')).toBeUndefined();
  });
});
