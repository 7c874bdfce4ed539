import { once } from 'node:events';
import { connect as connectPlain, createServer, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../fakes/eventually.ts';
import { LaptopLink } from '../../../../src-main/pairing/server/laptop-link.ts';
import { askLaptop, connectToLaptop } from '../../../../src-main/pairing/server/pinned-connection.ts';
import { type ProvenLaptop, proveCode } from '../../../../src-main/pairing/server/prove-code.ts';
import { serverProof } from '../../../../src-main/pairing/pairing-proof.ts';
import { readPairingText } from '../../../../src-main/pairing/pairing-qr.ts';
import { pairingVersion } from '../../../../src-main/pairing/wire.ts';
import type { OfferLimits } from '../../../../src-main/pairing/laptop/offer-limits.ts';
import {
  bearerLine,
  connectHead as connectWith,
  head,
  type HostileRequest,
  hostileRequests,
  isRefusal,
  put as putWith,
} from '../../../fakes/hostile-requests.ts';
import { nastyIn } from '../../../fakes/nasty-texts.ts';
import { PairingScene, serverReport } from '../../../fakes/pairing-scene.ts';

/** A laptop with one paired server, whose issuer is confirmed, and a stranger in the same network. */
interface Field {
  readonly scene: PairingScene;
  readonly good: ProvenLaptop;
  readonly link: LaptopLink;
}

interface Case {
  readonly name: string;
  readonly limits?: Partial<OfferLimits>;
  readonly unconfirmed?: true;
  /** The offer ends, so that it no longer serves anybody. */
  readonly ends?: true;
  readonly run: (field: Field) => Promise<void>;
}

const patience = { connectMs: 5_000, answerMs: 5_000, tunnelMs: 5_000 };
const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

function tlsTo(port: number, options: object = {}): TLSSocket {
  const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
  socket.on('error', () => {});
  open.push(() => socket.destroy());
  return socket;
}

function plainTo(port: number): Socket {
  const socket = connectPlain(port, '127.0.0.1');
  socket.on('error', () => {});
  open.push(() => socket.destroy());
  return socket;
}

/** Resolves with the event, or with the end of the connection, whichever comes first. */
function next(socket: Socket, event: 'secureConnect' | 'connect' | 'data' | 'drain'): Promise<string> {
  return new Promise((resolve) => {
    socket.once(event, (chunk?: Buffer) => resolve(chunk?.toString('latin1') ?? ''));
    socket.once('close', () => resolve(''));
  });
}

/** Everything that arrives until the laptop closes the connection. */
function untilClosed(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  return new Promise((resolve) => {
    if (socket.closed) resolve(text);
    socket.once('close', () => resolve(text));
  });
}

/** Sends the text over TLS and reads until the laptop closes the connection. */
async function say({ scene }: Field, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = tlsTo(scene.port);
  const answer = untilClosed(socket);
  await next(socket, 'secureConnect');
  for (const part of parts) socket.write(part);
  return answer;
}

const put = ({ good }: Field, body: string) => putWith(good.bearer, body);
const bearerOf = ({ good }: Field) => bearerLine(good.bearer);
const connectHead = ({ good }: Field, authority: string, ...lines: readonly string[]) =>
  connectWith(good.bearer, authority, ...lines);

/** The one answer is a refusal, nothing reached the far side, and what the server reported is as before. */
const refused = (request: HostileRequest): Case => ({
  name: request.name,
  run: async (field) => {
    const before = reportsIn(field);
    const answer = await say(field, request.bytes(field.good.bearer));
    expect(answer).toSatisfy((text: string) => isRefusal(request, text));
    expect(field.scene.reached).toEqual([]);
    expect(reportsIn(field)).toBe(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  },
});

function reportsIn({ scene }: Field): string {
  return JSON.stringify(scene.offer.view()?.servers.map(({ report }) => report));
}

const wrongCodes = ({ scene }: Field) => scene.log.said.filter(({ event }) => event === 'wrong_code').length;

/** Starts an attempt with a code, and returns what the proof needs. */
async function start({ scene }: Field, code: string) {
  const connection = await connectToLaptop({ host: '127.0.0.1', port: scene.port }, 5_000);
  if (!connection) throw new Error('no connection');
  open.push(() => connection.socket.destroy());
  const proof = await serverProof(code, connection.fingerprint);
  const document = { version: pairingVersion, request: proof.message };
  const answer = await askLaptop(connection.socket, { method: 'POST', path: '/pairing/start', document }, 5_000);
  const response: unknown = answer?.status === 200 ? JSON.parse(answer.body) : null;
  return {
    ...connection,
    proof,
    status: answer?.status,
    response: (response as { response: string } | null)?.response ?? '',
  };
}

async function finish(socket: TLSSocket, message: string): Promise<number | undefined> {
  const document = { version: pairingVersion, finish: message };
  return (await askLaptop(socket, { method: 'POST', path: '/pairing/finish', document }, 5_000))?.status;
}

const letters = ({ scene }: Field) => scene.code.replaceAll(' ', '');
const wrongCode = 'BBBBBBBB';

const cases: readonly Case[] = [
  ...hostileRequests({ host: 'auth.example', port: 443 }).map(refused),
  // TLS
  {
    name: 'a client with TLS 1.2',
    run: async ({ scene }) => {
      const socket = tlsTo(scene.port, { maxVersion: 'TLSv1.2' });
      let isSecure = false;
      socket.once('secureConnect', () => (isSecure = true));
      await untilClosed(socket);
      expect(isSecure).toBe(false);
    },
  },
  {
    name: 'a client that speaks only HTTP/2',
    run: async ({ scene }) => {
      const socket = tlsTo(scene.port, { ALPNProtocols: ['h2'] });
      let isSecure = false;
      socket.once('secureConnect', () => (isSecure = true));
      await untilClosed(socket);
      expect(isSecure).toBe(false);
    },
  },
  {
    name: 'plain HTTP',
    run: async (field) => {
      const socket = plainTo(field.scene.port);
      socket.write(head('GET /pairing HTTP/1.1', bearerOf(field)));
      expect(await untilClosed(socket)).not.toContain('HTTP/1.1');
    },
  },
  {
    name: 'a connection that says nothing',
    limits: { handshakeMs: 1500 },
    run: async ({ scene }) => expect(await untilClosed(plainTo(scene.port))).toBe(''),
  },
  {
    name: 'noise in place of TLS',
    run: async ({ scene }) => {
      const socket = plainTo(scene.port);
      socket.write(Buffer.alloc(2000, 0xa5));
      expect(await untilClosed(socket)).not.toContain('HTTP');
    },
  },
  {
    name: 'half a handshake, then a reset',
    run: async ({ scene }) => {
      const socket = plainTo(scene.port);
      await next(socket, 'connect');
      socket.write(Buffer.from('16030100c8010000c40303', 'hex'));
      socket.resetAndDestroy();
      await untilClosed(socket);
    },
  },
  {
    name: 'the recorded bytes of a whole pairing, sent again',
    run: async (field) => {
      const recorded: Buffer[] = [];
      const between = createServer((client) => {
        const far = plainTo(field.scene.port);
        client.on('data', (chunk: Buffer) => recorded.push(chunk));
        client.on('error', () => far.destroy());
        client.pipe(far).pipe(client);
      });
      between.listen(0, '127.0.0.1');
      await once(between, 'listening');
      open.push(() => between.close());
      const { port } = between.address() as { port: number };
      const paired = await proveCode([{ host: '127.0.0.1', port }], { code: letters(field), addresses: [] }, patience);
      expect(paired.ok).toBe(true);
      await eventually(() => field.scene.code).not.toBe('');
      const socket = plainTo(field.scene.port);
      socket.write(Buffer.concat(recorded));
      expect(await untilClosed(socket)).not.toContain('HTTP');
      expect(field.scene.offer.view()?.servers).toHaveLength(2);
    },
  },
  // Who asks
  {
    name: 'the credential of another laptop’s pairing',
    run: async (field) => {
      const other = await PairingScene.open();
      open.push(() => other.close());
      await other.offer.start();
      const at = [{ host: '127.0.0.1', port: other.port }];
      const paired = await proveCode(at, { code: other.code.replace(' ', ''), addresses: [] }, patience);
      const bearer = paired.ok ? paired.value.bearer : '';
      expect(bearer).not.toBe('');
      expect(await say(field, head('GET /pairing HTTP/1.1', `authorization: Bearer ${bearer}`))).toMatch(/ 401 /);
    },
  },
  {
    name: 'the credential of a pairing that its server ended',
    run: async (field) => {
      const at = [{ host: '127.0.0.1', port: field.scene.port }];
      const paired = await proveCode(at, { code: letters(field), addresses: [] }, patience);
      if (!paired.ok) throw new Error(paired.failure.code);
      const leaving = new LaptopLink(paired.value, patience);
      await leaving.leave();
      leaving.close();
      const gone = { ...field, good: paired.value };
      expect(await say(field, head('GET /pairing HTTP/1.1', bearerOf(gone)))).toMatch(/ 401 /);
      expect(await say(field, connectHead(gone, 'auth.example:443'))).toMatch(/ 407 /);
    },
  },
  // HTTP
  {
    name: 'a body in chunks that does not end',
    run: async (field) => {
      const socket = tlsTo(field.scene.port);
      const answer = untilClosed(socket);
      await next(socket, 'secureConnect');
      socket.write(head('POST /pairing/start HTTP/1.1', 'transfer-encoding: chunked'));
      const chunk = `400\r\n${'a'.repeat(1024)}\r\n`;
      for (let sent = 0; sent < 10_000 && !socket.destroyed; sent += 1) {
        if (!socket.write(chunk)) await next(socket, 'drain');
      }
      await answer;
      expect(field.scene.log.text).not.toContain('fault');
    },
  },
  {
    name: 'TLS without any request',
    limits: { headMs: 1000, requestMs: 1000, checkMs: 50 },
    run: async (field) => expect(await say(field)).toMatch(/^HTTP\/1\.1 400 /),
  },
  {
    name: 'a head that comes slowly',
    limits: { headMs: 1000, requestMs: 1000, checkMs: 50 },
    run: async (field) => expect(await say(field, 'GET /pairing HT')).toMatch(/^HTTP\/1\.1 400 /),
  },
  {
    name: 'a body that comes slowly',
    limits: { headMs: 1000, requestMs: 1000, checkMs: 50 },
    run: async (field) =>
      expect(await say(field, head('POST /pairing/start HTTP/1.1', 'content-length: 100'), '{')).toMatch(
        /^(?:$|HTTP\/1\.1 400 )/,
      ),
  },
  {
    name: 'a body that never comes, after 100-continue',
    limits: { headMs: 1000, requestMs: 1000, checkMs: 50 },
    run: async (field) => {
      const answer = await say(
        field,
        head('POST /pairing/start HTTP/1.1', 'content-length: 9', 'expect: 100-continue'),
      );
      expect(answer).not.toMatch(/ 200 /);
    },
  },
  {
    name: 'a hundred requests at once on one connection',
    run: async (field) => {
      const answer = await say(field, head('GET /none HTTP/1.1').repeat(100));
      expect(answer.match(/ 404 /g)).toHaveLength(1);
    },
  },
  {
    name: 'a request, then the end of the stream',
    run: async (field) => {
      const socket = tlsTo(field.scene.port);
      const answer = untilClosed(socket);
      await next(socket, 'secureConnect');
      socket.end(head('POST /pairing/start HTTP/1.1', 'content-length: 5'));
      expect(await answer).not.toMatch(/ 200 /);
    },
  },
  {
    name: 'a reset in the middle of a body',
    run: async (field) => {
      const socket = tlsTo(field.scene.port);
      await next(socket, 'secureConnect');
      socket.write(head('PUT /report HTTP/1.1', bearerOf(field), 'content-length: 500'));
      socket.write('{"id":', () => socket.destroy());
      await untilClosed(socket);
    },
  },
  {
    name: 'a thousand connections at once, while a server follows',
    run: async (field) => {
      let isGone = false;
      const gone = () => void (isGone = true);
      void field.link.follow({ onStanding: () => {}, onEnd: gone, onGone: gone });
      await eventually(() => field.scene.offer.view()?.servers[0]?.connected).toBe(true);
      const sockets = Array.from({ length: 1000 }, () => plainTo(field.scene.port));
      await Promise.all(sockets.map((socket) => next(socket, 'connect')));
      await eventually(() => sockets.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(984);
      expect(isGone).toBe(false);
    },
  },
  {
    name: 'more connections of a paired server than it may have',
    limits: { ofServer: 4 },
    run: async (field) => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const socket = tlsTo(field.scene.port);
          await next(socket, 'secureConnect');
          socket.write(put(field, JSON.stringify(serverReport())));
          return (await next(socket, 'data')).slice(0, 12);
        }),
      );
      expect(answers.filter((answer) => answer.endsWith('429')).length).toBeGreaterThanOrEqual(4);
      for (const close of open.splice(2)) await close();
      await eventually(() => field.link.report(serverReport())).not.toBeNull();
    },
  },
  // The relay
  {
    name: 'CONNECT before a person confirmed the issuer',
    unconfirmed: true,
    run: async (field) => {
      expect(await say(field, connectHead(field, 'auth.example:443'))).toMatch(/^HTTP\/1\.1 403 /);
      expect(field.scene.reached).toEqual([]);
    },
  },
  {
    name: 'CONNECT in capital letters, which is the same host',
    run: async (field) => {
      const socket = tlsTo(field.scene.port);
      await next(socket, 'secureConnect');
      socket.write(connectHead(field, 'AUTH.Example:443'));
      expect(await next(socket, 'data')).toContain(' 200 ');
      expect(field.scene.reached).toEqual(['auth.example:443']);
    },
  },
  {
    name: 'CONNECT with a body and a request behind it: all of it is data of the tunnel',
    run: async (field) => {
      const socket = tlsTo(field.scene.port);
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      await next(socket, 'secureConnect');
      const hidden = head('DELETE /pairing HTTP/1.1', bearerOf(field));
      socket.write(`${connectHead(field, 'auth.example:443', 'content-length: 4')}data${hidden}`);
      await eventually(() => text).toContain(`data${hidden}`);
    },
  },
  {
    name: 'more tunnels than the cap',
    limits: { tunnelsOfServer: 2 },
    run: async (field) => {
      const answers: string[] = [];
      for (let nth = 0; nth < 5; nth += 1) {
        const socket = tlsTo(field.scene.port);
        await next(socket, 'secureConnect');
        socket.write(connectHead(field, 'auth.example:443'));
        answers.push((await next(socket, 'data')).slice(9, 12));
      }
      expect(answers).toEqual(['200', '200', '429', '429', '429']);
    },
  },
  {
    name: 'more bytes than a tunnel may carry',
    limits: { tunnelBytes: 100_000 },
    run: async (field) => {
      const socket = tlsTo(field.scene.port);
      await next(socket, 'secureConnect');
      socket.write(connectHead(field, 'auth.example:443'));
      await next(socket, 'data');
      socket.write(Buffer.alloc(300_000));
      await untilClosed(socket);
      expect(field.scene.offer.view()?.servers[0]?.relayed[0]?.openConnections).toBe(0);
    },
  },
  {
    name: 'more bytes than all tunnels may carry',
    limits: { allBytes: 100_000 },
    run: async (field) => {
      const socket = tlsTo(field.scene.port);
      await next(socket, 'secureConnect');
      socket.write(connectHead(field, 'auth.example:443'));
      await next(socket, 'data');
      socket.write(Buffer.alloc(300_000));
      await untilClosed(socket);
      expect(await say(field, connectHead(field, 'auth.example:443'))).toMatch(/ 429 /);
    },
  },
  {
    name: 'a tunnel that carries nothing',
    limits: { tunnelIdleMs: 50 },
    run: async (field) => expect(await say(field, connectHead(field, 'auth.example:443'))).toMatch(/ 200 /),
  },
  {
    name: 'a tunnel whose far side is cut',
    run: async (field) => {
      const socket = tlsTo(field.scene.port);
      await next(socket, 'secureConnect');
      socket.write(connectHead(field, 'auth.example:443'));
      await next(socket, 'data');
      for (const far of field.scene.farSockets) far.resetAndDestroy();
      await untilClosed(socket);
      await eventually(() => field.scene.offer.view()?.servers[0]?.relayed[0]?.openConnections).toBe(0);
    },
  },
  // The proof
  {
    name: 'five wrong codes',
    ends: true,
    run: async (field) => {
      const at = [{ host: '127.0.0.1', port: field.scene.port }];
      for (let nth = 0; nth < 5; nth += 1) {
        const guess = await proveCode(at, { code: wrongCode, addresses: [] }, patience);
        expect(guess.ok ? 'paired' : guess.failure.code).toBe('pairing_code_wrong');
        await eventually(() => wrongCodes(field)).toBe(nth + 1);
      }
      await eventually(() => field.scene.offer.view()).toMatchObject({
        state: 'ended',
        end: 'wrong_codes',
        code: null,
        wrongFrom: Array.from({ length: 5 }, () => '127.0.0.1'),
      });
    },
  },
  {
    name: 'ten guesses at once: only five are answered',
    ends: true,
    run: async (field) => {
      const attempts = await Promise.all(Array.from({ length: 10 }, () => start(field, wrongCode)));
      expect(attempts.filter(({ status }) => status === 200)).toHaveLength(5);
      expect(attempts.filter(({ status }) => status === 409)).toHaveLength(5);
      for (const { socket } of attempts) socket.destroy();
      await eventually(() => field.scene.offer.view()?.end).toBe('wrong_codes');
      expect(wrongCodes(field)).toBe(5);
    },
  },
  {
    name: 'a start without a finish counts as a guess when its time is over',
    limits: { attemptMs: 1000 },
    run: async (field) => {
      await start(field, letters(field));
      await eventually(() => wrongCodes(field)).toBe(1);
    },
  },
  {
    name: 'a start without a finish counts as a guess when its connection ends',
    run: async (field) => {
      (await start(field, letters(field))).socket.destroy();
      await eventually(() => wrongCodes(field)).toBe(1);
    },
  },
  ...[pairingVersion - 1, pairingVersion + 1].map(
    (version): Case => ({
      name: `a start of version ${version} gets the right version as its answer, and does not count as a guess`,
      run: async (field) => {
        const connection = await connectToLaptop({ host: '127.0.0.1', port: field.scene.port }, 5_000);
        if (!connection) throw new Error('no connection');
        const document = { version, request: 'AAAA' };
        const question = { method: 'POST', path: '/pairing/start', document } as const;
        const { body } = (await askLaptop(connection.socket, question, 5_000)) ?? {};
        expect(JSON.parse(body ?? '')).toEqual({ error: 'version', version: pairingVersion });
        expect(wrongCodes(field)).toBe(0);
        const is = version < pairingVersion ? 'older' : 'newer';
        expect(field.scene.offer.view()?.otherVersion).toEqual({ from: '127.0.0.1', is });
      },
    }),
  ),
  {
    name: 'starts of two other versions by turns are in the log once each',
    run: async (field) => {
      for (let time = 0; time < 6; time += 1) {
        const connection = await connectToLaptop({ host: '127.0.0.1', port: field.scene.port }, 5_000);
        if (!connection) throw new Error('no connection');
        const document = { version: time % 2 === 0 ? pairingVersion - 1 : pairingVersion + 1, request: 'AAAA' };
        await askLaptop(connection.socket, { method: 'POST', path: '/pairing/start', document }, 5_000);
      }
      expect(field.scene.log.lines.filter(({ event }) => event === 'other_version')).toHaveLength(2);
    },
  },
  ...['"token":"x"', '"__proto__":{"polluted":1}', '"constructor":{"prototype":{"polluted":1}}'].map(
    (member): Case => ({
      name: `a report with ${member}, as of a later build, is accepted without it`,
      run: async (field) => {
        const report = serverReport({ serverName: 'later' });
        const body = JSON.stringify(report).replace('{', `{${member},`).replace('"acquisition":{', '$&"later":1,');
        const socket = tlsTo(field.scene.port);
        await next(socket, 'secureConnect');
        socket.write(put(field, body));
        expect(await next(socket, 'data')).toMatch(/^HTTP\/1\.1 200 /);
        expect(reportsIn(field)).toBe(JSON.stringify([report]));
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      },
    }),
  ),
  {
    name: 'a second start on one connection',
    run: async (field) => {
      const { socket, proof } = await start(field, wrongCode);
      const document = { version: pairingVersion, request: proof.message };
      const again = await askLaptop(socket, { method: 'POST', path: '/pairing/start', document }, 5_000);
      expect(again?.status).toBe(409);
      await eventually(() => wrongCodes(field)).toBe(1);
    },
  },
  {
    name: 'a finish without a start',
    run: async (field) => {
      const connection = await connectToLaptop({ host: '127.0.0.1', port: field.scene.port }, 5_000);
      expect(connection && (await finish(connection.socket, 'A'.repeat(86)))).toBe(403);
      expect(field.scene.offer.view()?.servers).toHaveLength(1);
    },
  },
  {
    name: 'a finish, twice',
    run: async (field) => {
      const { socket, proof, response } = await start(field, letters(field));
      const message = proof.finish(response)?.message ?? '';
      expect(await finish(socket, message)).toBe(200);
      expect(await finish(socket, message)).toBe(403);
      expect(field.scene.offer.view()?.servers).toHaveLength(2);
      await eventually(() => field.scene.code).not.toBe('');
    },
  },
  {
    name: 'a finish with the message of another attempt',
    run: async (field) => {
      const code = letters(field);
      const [one, other] = [await start(field, code), await start(field, code)];
      const message = one.proof.finish(one.response)?.message ?? '';
      expect(await finish(other.socket, message)).toBe(403);
      expect(field.scene.offer.view()?.servers).toHaveLength(1);
      one.socket.destroy();
    },
  },
  {
    name: 'the messages of an earlier proof, sent again',
    run: async (field) => {
      const code = letters(field);
      const first = await start(field, code);
      const message = first.proof.finish(first.response)?.message ?? '';
      expect(await finish(first.socket, message)).toBe(200);
      await eventually(() => field.scene.code.replace(' ', '')).not.toBe(code);
      const again = await connectToLaptop({ host: '127.0.0.1', port: field.scene.port }, 5_000);
      if (!again) throw new Error('no connection');
      const document = { version: pairingVersion, request: first.proof.message };
      const started = await askLaptop(again.socket, { method: 'POST', path: '/pairing/start', document }, 5_000);
      expect(started?.status).toBe(200);
      expect(await finish(again.socket, message)).toBe(403);
      expect(field.scene.offer.view()?.servers).toHaveLength(2);
    },
  },
  {
    name: 'a code that was used already',
    run: async (field) => {
      const code = letters(field);
      const at = [{ host: '127.0.0.1', port: field.scene.port }];
      expect((await proveCode(at, { code, addresses: [] }, patience)).ok).toBe(true);
      await eventually(() => field.scene.code.replace(' ', '')).not.toBe('');
      const again = await proveCode(at, { code, addresses: [] }, patience);
      expect(again.ok ? 'paired' : again.failure.code).toBe('pairing_code_wrong');
    },
  },
  {
    name: 'the code of another laptop',
    run: async (field) => {
      const other = await PairingScene.open();
      open.push(() => other.close());
      await other.offer.start();
      const at = [{ host: '127.0.0.1', port: field.scene.port }];
      const text = readPairingText(other.offer.view()?.qr ?? '');
      const byQr = text && (await proveCode(at, text, patience));
      expect(byQr?.ok === false && byQr.failure.code).toBe('pairing_code_wrong');
      // The QR code names the certificate, so the laptop got no guess.
      expect(wrongCodes(field)).toBe(0);
      const typed = await proveCode(at, { code: text?.code ?? '', addresses: [] }, patience);
      expect(typed.ok ? 'paired' : typed.failure.code).toBe('pairing_code_wrong');
      await eventually(() => wrongCodes(field)).toBe(1);
    },
  },
  // Reports
  {
    name: 'a report with control characters and marks of direction',
    run: async (field) => {
      const serverName = 'St\u001B[31more \u202E410\u0007\u200B\r\nfake: line';
      expect(await field.link.report(serverReport({ serverName }))).not.toBeNull();
      expect(nastyIn(reportsIn(field))).toBeUndefined();
      expect(field.scene.offer.view()?.servers[0]?.report?.serverName).toBe('St [31more 410 fake: line');
    },
  },
  {
    name: 'reports without a pause',
    limits: { reportsInSecond: 5 },
    run: async (field) => {
      const answer = await say(
        field,
        put(field, JSON.stringify(serverReport({ serverName: 'often' })))
          .toString()
          .repeat(50),
      );
      expect(answer.match(/ 200 /g)?.length ?? 0).toBeLessThanOrEqual(5);
      expect(answer.match(/ 429 /g)).toHaveLength(1);
    },
  },
  {
    name: 'a server that follows twice',
    run: async (field) => {
      const first = tlsTo(field.scene.port);
      const gone = untilClosed(first);
      await next(first, 'secureConnect');
      first.write(head('GET /pairing HTTP/1.1', bearerOf(field)));
      await eventually(() => field.scene.offer.view()?.servers[0]?.connected).toBe(true);
      const second = tlsTo(field.scene.port);
      await next(second, 'secureConnect');
      second.write(head('GET /pairing HTTP/1.1', bearerOf(field)));
      await gone;
      expect(field.scene.offer.view()?.servers[0]?.connected).toBe(true);
    },
  },
];

describe(`${cases.length} attacks on the laptop of a pairing`, () => {
  it('are at least 40', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it.each(cases)('$name', async ({ run, limits = {}, ends, unconfirmed }) => {
    const scene = await PairingScene.open({ settings: { limits: { checkMs: 100, ...limits } } });
    open.push(() => scene.close());
    if (unconfirmed !== true) scene.known = ['https://auth.example'];
    await scene.offer.start();
    const codes = [scene.code];
    const at = [{ host: '127.0.0.1', port: scene.port }];
    const paired = await proveCode(at, { code: scene.code.replace(' ', ''), addresses: [] }, patience);
    if (!paired.ok) throw new Error(paired.failure.code);
    const link = new LaptopLink(paired.value, patience);
    open.push(() => link.close());
    await link.report(serverReport());
    const wanted = unconfirmed === true ? 'unconfirmed' : 'confirmed';
    await eventually(() => scene.offer.view()?.servers[0]?.issuer.state).toBe(wanted);
    await eventually(() => scene.code).not.toBe('');
    codes.push(scene.code);
    const field: Field = { scene, good: paired.value, link };

    await run(field);

    if (ends === true) {
      expect((await proveCode(at, { code: wrongCode, addresses: [] }, patience)).ok).toBe(false);
      expect(await link.report(serverReport())).toBeNull();
    } else {
      await eventually(() => link.report(serverReport())).not.toBeNull();
      codes.push(scene.code);
      const next = { code: scene.code.replace(' ', ''), addresses: [] };
      expect((await proveCode(at, next, patience)).ok).toBe(true);
    }
    for (const secret of [...codes, ...codes.map((code) => code.replace(' ', '')), paired.value.bearer])
      expect(secret === '' || !scene.log.text.includes(secret), 'a secret in the log').toBe(true);
    expect(scene.log.text).not.toContain('fault');
  });
});
