import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { createAxiosHttp, type FetchingSession } from '../../../../../src-main/adapters/network/axios-http.ts';
import { RelayedRequests } from '../../../../../src-main/adapters/network/relayed-requests.ts';
import { systemTimer } from '../../../../../src-main/adapters/computer/system-timer.ts';
import { PairedLaptop } from '../../../../../src-main/pairing/server/paired-laptop.ts';
import type { RelayWay } from '../../../../../src-main/ports/relay.ts';
import { eventually } from '../../../../fakes/eventually.ts';
import { answerText, FalseLaptop } from '../../../../fakes/false-laptop.ts';
import { LocalServer } from '../../../../fakes/local-server.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';
import { serverReport } from '../../../../fakes/pairing-scene.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const limits = {
  connectMs: 2_000,
  answerMs: 100,
  tunnelMs: 100,
  goneMs: 60_000,
  tryAgainMs: 50,
  reportEveryMs: 60_000,
  reportPauseMs: 10,
};
const line = '{"remainingSeconds":60,"isRelaying":true}\n';
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const follows = `HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n${chunk(line)}`;
const opened = 'HTTP/1.1 200 OK\r\n\r\n';
const server = 'auth.example:8080';

/** Node's network stack in the place of Electron's. It goes through the proxy of that way. */
function sessionBy(way: RelayWay): FetchingSession {
  // Like the real one, it ends when it is aborted, however far it got.
  const fetchBy = async (input: string | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { signal } = request;
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('net::ERR_ABORTED')), { once: true });
      if (signal.aborted) reject(new Error('net::ERR_ABORTED'));
    });
    return Promise.race([aborted, send(request)]);
  };
  const send = async (request: Request): Promise<Response> => {
    const { host, pathname } = new URL(request.url);
    const socket = await tunnelBy(way, host);
    const sent = httpRequest({
      createConnection: () => socket,
      method: request.method,
      path: pathname,
      headers: { host },
      signal: request.signal,
    });
    sent.end(await request.text());
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return new Response(Readable.toWeb(answer) as ReadableStream, { status: answer.statusCode ?? 0 });
  };
  return { fetch: fetchBy, closeAllConnections: async () => {}, evidence: async () => ({}) };
}

async function tunnelBy({ port, name, password }: RelayWay, host: string): Promise<Socket> {
  const credentials = Buffer.from(`${name}:${password}`).toString('base64');
  const asked = httpRequest({
    host: '127.0.0.1',
    port,
    method: 'CONNECT',
    path: host,
    headers: { 'proxy-authorization': `Basic ${credentials}` },
  });
  asked.end();
  const [{ statusCode }, socket] = (await once(asked, 'connect')) as [IncomingMessage, Socket];
  open.push(() => socket.destroy());
  if (statusCode !== 200) throw new Error('net::ERR_TUNNEL_CONNECTION_FAILED');
  return socket;
}

/** A server that is helped by a laptop that lives and does with each CONNECT what `scene.onConnect` says. */
async function openPaired() {
  const authorizationServer = await LocalServer.start();
  const passOn = (socket: TLSSocket) => {
    const far = connect(Number(new URL(authorizationServer.address).port), '127.0.0.1');
    for (const end of [socket, far]) end.on('error', () => end.destroy());
    socket.write(opened);
    socket.pipe(far).pipe(socket);
  };
  const scene = { onConnect: passOn, hasOwnWay: false };
  const laptop = await FalseLaptop.listen((socket) =>
    socket.once('data', (chunk: Buffer) => {
      if (chunk.toString().startsWith('CONNECT')) scene.onConnect(socket);
      else socket.write(follows);
    }),
  );
  const seen: string[] = [];
  const relay = new RelayedRequests();
  const paired: PairedLaptop = new PairedLaptop({
    profileId: 'p1',
    laptop: laptop.proven,
    limits,
    timer: systemTimer,
    relay,
    report: () => null,
    onChanged: () => {},
    onGone: (isGone) => seen.push(isGone ? 'gone' : 'not gone'),
    onBack: () => seen.push('back'),
    onDoubted: (isDoubted) => seen.push(isDoubted ? 'doubted' : 'trusted'),
    onTime: () => {},
    onRefused: () => seen.push('refused'),
    onEnd: () => {},
  });
  const directly: FetchingSession = {
    fetch: async (input, init) => {
      if (!scene.hasOwnWay) throw new Error('net::ERR_INTERNET_DISCONNECTED');
      const request = new Request(input, init);
      const body = request.method === 'POST' ? await request.text() : null;
      return fetch(`${authorizationServer.address}${new URL(request.url).pathname}`, { method: request.method, body });
    },
    closeAllConnections: async () => {},
    evidence: async () => ({}),
  };
  open.push(
    () => authorizationServer.close(),
    () => laptop.close(),
    () => paired.end(false),
  );
  await paired.begin();
  await eventually(() => paired.way).toBe('relaying');
  const http = createAxiosHttp(() => directly, new MemoryLog(), 300, {
    wayOf: (profile) => relay.wayOf(profile),
    openSession: (_name, way) => sessionBy(way),
  });
  const refresh = async () => {
    const outcome = await http.send({
      purpose: 'token_refresh',
      server: 'p1',
      method: 'POST',
      url: `http://${server}/token`,
      body: 'grant_type=refresh_token',
    });
    return outcome.ok ? 'answered' : `${outcome.failure.code}${outcome.maybeDelivered ? ', maybe sent' : ''}`;
  };
  return { scene, passOn, paired, seen, refresh, posts: () => authorizationServer.requests.filter(isPost).length };
}

/** A laptop that takes reports. It says `first` on the connection that follows it, or ends that connection if this is null. */
async function openReported(first: string | null) {
  let [answer, follower] = [line.trim(), null as TLSSocket | null];
  const scene = {
    first,
    refusals: 0,
    say: (standing: object) => {
      answer = JSON.stringify({ remainingSeconds: 60, ...standing });
      follower?.write(chunk(`${answer}\n`));
    },
  };
  const laptop = await FalseLaptop.listen((socket) =>
    socket.on('data', (request: Buffer) => {
      if (request.toString().startsWith('PUT')) return void socket.write(answerText(200, answer));
      if (scene.first === null) return void socket.destroy();
      follower = socket;
      socket.write(scene.first);
    }),
  );
  const relay = new RelayedRequests();
  const ways: string[] = [];
  const wayAndRoute = () => `${paired.way}, ${relay.wayOf('p1') ? 'through it' : 'directly'}`;
  const paired: PairedLaptop = new PairedLaptop({
    profileId: 'p1',
    laptop: laptop.proven,
    limits: { ...limits, answerMs: 2_000, reportEveryMs: 20 },
    timer: systemTimer,
    relay,
    report: () => serverReport({ consoleVersion: String(reports++) }),
    onChanged: () => ways.push(wayAndRoute()),
    onGone: () => {},
    onBack: () => {},
    onTime: () => {},
    onDoubted: () => {},
    onRefused: () => (scene.refusals += 1),
    onEnd: () => {},
  });
  let reports = 0;
  open.push(
    () => laptop.close(),
    () => paired.end(false),
  );
  return { scene, paired, ways, wayAndRoute, reports: () => reports };
}

const isPost = ({ method }: { readonly method: string }) => method === 'POST';

const passesNothing: readonly [string, (socket: TLSSocket) => void, string][] = [
  ['reaches nothing', (socket) => socket.end(answerText(502, '')), 'network_unreachable'],
  ['does not answer', () => {}, 'laptop_gone'],
  ['opens a tunnel and ends it', (socket) => socket.end(opened), 'network_unreachable, maybe sent'],
  ['opens a tunnel to nowhere', (socket) => void socket.write(opened), 'request_timeout, maybe sent'],
  [
    'passes the first bytes on and then stalls',
    (socket) => {
      socket.write(opened);
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc'));
    },
    'request_timeout, maybe sent',
  ],
];

describe('a laptop that answers reports', () => {
  it('is not relaying before it is followed, whatever it allows', async () => {
    const { paired, wayAndRoute, reports } = await openReported('');
    expect(wayAndRoute()).toBe('starting, directly');
    await paired.begin();
    await eventually(reports).toBeGreaterThan(2);
    expect(wayAndRoute()).toBe('starting, directly');
  });

  it('stays interrupted until it is followed again', async () => {
    const { scene, paired, ways, wayAndRoute, reports } = await openReported(null);
    await paired.begin();
    await eventually(() => paired.way).toBe('interrupted');
    const before = reports();
    await eventually(reports).toBeGreaterThan(before + 1);
    expect(wayAndRoute()).toBe('interrupted, directly');
    scene.first = follows;
    await eventually(wayAndRoute).toBe('relaying, through it');
    await eventually(() => ways).toEqual(['interrupted, directly', 'relaying, through it']);
  });
});

describe('a laptop whose person decides about the Authorization server', () => {
  it('refuses it: no request goes through it until the person allows another one', async () => {
    const { scene, paired, wayAndRoute } = await openReported(follows);
    await paired.begin();
    await eventually(wayAndRoute).toBe('relaying, through it');
    scene.say({ isRelaying: false, refused: true });
    await eventually(wayAndRoute).toBe('refused, directly');
    scene.say({ isRelaying: false });
    await eventually(wayAndRoute).toBe('unconfirmed, directly');
    scene.say({ isRelaying: true });
    await eventually(wayAndRoute).toBe('relaying, through it');
    scene.say({ isRelaying: false, refused: true });
    await eventually(wayAndRoute).toBe('refused, directly');
    expect(scene.refusals).toBeGreaterThan(0);
  });
});

describe('a laptop that lives', () => {
  it.each(passesNothing)(
    'and %s is in doubt, and is used again when an answer comes',
    async (_name, onConnect, code) => {
      const { scene, passOn, paired, seen, refresh, posts } = await openPaired();
      expect(await refresh()).toBe('answered');
      scene.onConnect = onConnect;
      expect(await refresh()).toBe(code);
      expect(paired.way).toBe('doubted');
      scene.onConnect = passOn;
      expect(await refresh()).toBe('answered');
      expect(paired.way).toBe('relaying');
      expect(seen).toEqual(['doubted', 'trusted']);
      expect(posts()).toBe(2);
    },
  );

  it.each(passesNothing)('and %s does not hold what this computer can send itself', async (_name, onConnect, code) => {
    const { scene, paired, refresh, posts } = await openPaired();
    scene.onConnect = onConnect;
    scene.hasOwnWay = true;
    const isSentAtOnce = !code.includes('maybe');
    expect(await refresh()).toBe(isSentAtOnce ? 'answered' : code);
    expect(paired.way).toBe('doubted');
    expect(await refresh()).toBe('answered');
    expect(posts()).toBe(isSentAtOnce ? 2 : 1);
  });

  it('and does not open a host is not in doubt', async () => {
    const { scene, paired, refresh } = await openPaired();
    scene.onConnect = (socket) => socket.end(answerText(403, ''));
    expect(await refresh()).toBe('relay_refused');
    scene.hasOwnWay = true;
    expect(await refresh()).toBe('answered');
    expect(paired.way).toBe('relaying');
  });
});
