import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { LaptopLink } from '../../../../../src-main/pairing/server/laptop-link.ts';
import { Cable } from '../../../../fakes/cable.ts';
import { eventually } from '../../../../fakes/eventually.ts';
import { answerText, FalseLaptop } from '../../../../fakes/false-laptop.ts';
import { serverReport } from '../../../../fakes/pairing-scene.ts';

const limits = { connectMs: 5_000, answerMs: 500, tunnelMs: 500 };
let laptop: FalseLaptop;
let link: LaptopLink;
afterEach(() => {
  link.close();
  laptop.close();
});

async function open(serve: (socket: TLSSocket) => void): Promise<void> {
  laptop = await FalseLaptop.listen(serve);
  link = new LaptopLink(laptop.proven, limits);
}
const once = (answer: string) => (socket: TLSSocket) => void socket.once('data', () => socket.write(answer));
const chunked = (...lines: readonly string[]) =>
  [
    'HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n',
    ...lines.map((line) => `${Buffer.byteLength(line).toString(16)}\r\n${line}\r\n`),
  ].join('');

/** The reported events of the pairing, in order. */
function followed(): string[] {
  const seen: string[] = [];
  void link.follow({
    onStanding: ({ remainingSeconds, isRelaying }) => seen.push(`${remainingSeconds} ${isRelaying}`),
    onEnd: () => seen.push('end'),
    onGone: () => seen.push('gone'),
  });
  return seen;
}
const standing = '{"remainingSeconds":9,"isRelaying":true}\n';
const nineteen = Array.from({ length: 19 }, () => '9 true');

describe('a laptop that is followed', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'sends a status in pieces, and ends',
      chunked('{"remaining', 'Seconds":9,"isRelaying":true}\n{"end', '":true}\n'),
      ['9 true', 'end'],
    ],
    ...['\n', 'x\n', '[]\n', '{"end":false}\n', '{"remainingSeconds":-1,"isRelaying":true}\n'].map(
      (line): [string, string, readonly string[]] => [
        `writes ${JSON.stringify(line)}`,
        chunked(standing, line, standing, '{"end":true}\n'),
        ['9 true', 'gone'],
      ],
    ),
    [
      'has a later build, with members that are new',
      chunked('{"remainingSeconds":9,"isRelaying":true,"x":{"y":1}}\n{"end":true,"x":1}\n'),
      ['9 true', 'end'],
    ],
    ['sends too often', chunked(...Array.from({ length: 30 }, () => standing)), [...nineteen, '9 true', 'gone']],
    ['sends often', chunked(...Array.from({ length: 19 }, () => standing), '{"end":true}\n'), [...nineteen, 'end']],
    ['sends more after its end', chunked(`{"end":true}\n${standing}`), ['end']],
    ['disconnects without an end', `${chunked(standing)}0\r\n\r\n`, ['9 true', 'gone']],
    ['sends an endless line', chunked('x'.repeat(2000)), ['gone']],
    ['no longer knows the pairing', answerText(401, '{"error":"unauthorized"}'), ['end']],
    ['answers with an error', answerText(500, ''), ['gone']],
    ['redirects elsewhere', answerText(302, '', 'location: https://evil.example/'), ['gone']],
    ['does not speak HTTP', 'SSH-2.0-x\r\n\r\n', ['gone']],
  ])('%s', async (_name, answer, seen) => {
    await open(once(answer));
    const own = followed();
    await eventually(() => own.at(-1)).toMatch(/end|gone/);
    expect(own).toEqual(seen);
    await eventually(() => [...laptop.sockets].every(({ destroyed }) => destroyed)).toBe(true);
  });

  it('counts as gone if its certificate has changed, and gets no credential', async () => {
    laptop = await FalseLaptop.listen(once(chunked(standing)));
    link = new LaptopLink({ ...laptop.proven, fingerprint: 'b'.repeat(64) }, limits);
    const own = followed();
    await eventually(() => own).toEqual(['gone']);
    expect(await link.report(serverReport())).toBeNull();
    expect(await link.tunnel('auth.example:443')).toEqual({ code: 'laptop_gone' });
    await link.leave();
    expect(laptop.heard).toBe('');
  });
});

describe('a laptop that is no longer where it was', () => {
  const nobody = { host: '127.0.0.1', port: 9 };
  const whole = ({ host, port }: FalseLaptop['address']) => `${host}:${port}`;
  const naming = (addresses: string[]) => ({ remainingSeconds: 9, isRelaying: true, addresses });

  it('is found at another address that was entered, such as one of its QR code', async () => {
    laptop = await FalseLaptop.listen(once(chunked(standing)));
    link = new LaptopLink({ ...laptop.proven, address: nobody, entered: [nobody, laptop.address] }, limits);
    const seen = followed();
    await eventually(() => seen).toEqual(['9 true']);
  });

  it('is found at an address that it named while it was paired', async () => {
    laptop = await FalseLaptop.listen(once(chunked(standing)));
    const named = [whole(nobody), whole(laptop.address)];
    link = new LaptopLink({ ...laptop.proven, address: nobody, entered: [nobody], standing: naming(named) }, limits);
    const seen = followed();
    await eventually(() => seen).toEqual(['9 true']);
  });

  it.each(['line', 'answer to a report'])('is found at an address that it named in a %s', async (where) => {
    laptop = await FalseLaptop.listen((socket) => {
      const body = JSON.stringify(naming([whole(nobody), whole(laptop.address)]));
      once(where === 'line' ? chunked(`${body}\n`) : answerText(200, body))(socket);
    });
    const cable = await Cable.to(laptop.address.port);
    try {
      const address = { host: '127.0.0.1', port: Number(cable.address.split(':')[1]) };
      link = new LaptopLink({ ...laptop.proven, address, entered: [address] }, limits);
      const seen = followed();
      if (where === 'line') await eventually(() => seen).toEqual(['9 true']);
      else expect(await link.report(serverReport())).toMatchObject({ isRelaying: true });
      cable.cut();
      expect(await link.tunnel('auth.example:443')).not.toEqual({ code: 'laptop_gone' });
    } finally {
      cable.close();
    }
  });

  it('is not looked for once the link is closed', async () => {
    laptop = await FalseLaptop.listen(() => {});
    link = new LaptopLink(laptop.proven, limits);
    const tunnel = link.tunnel('auth.example:443');
    link.close();
    expect(await tunnel).toEqual({ code: 'laptop_gone' });
    expect(laptop.heard).toBe('');
  });
});

describe('a report', () => {
  it.each<[string, string]>([
    ['that is refused', answerText(429, '{"error":"too_many"}')],
    ['that gets noise as an answer', answerText(200, 'noise')],
    ['that gets too long an answer', answerText(200, 'x'.repeat(100_000))],
    ['that gets no answer', ''],
  ])('%s did not arrive', async (_name, answer) => {
    await open(once(answer));
    expect(await link.report(serverReport())).toBeNull();
  });
});

describe('a tunnel', () => {
  it.each<[string, string, object]>([
    ['is refused', answerText(403, ''), { code: 'relay_refused' }],
    ['exceeds the limit', answerText(429, ''), { code: 'relay_refused' }],
    ['leads nowhere', answerText(502, ''), { code: 'network_unreachable' }],
    ['gets no answer', '', { code: 'laptop_gone' }],
    ['gets noise as an answer', 'noise\r\n\r\n', { code: 'laptop_gone' }],
  ])('%s', async (_name, answer, outcome) => {
    await open(once(answer));
    expect(await link.tunnel('auth.example:443')).toEqual(outcome);
  });

  it('is closed with the link', async () => {
    await open(once('HTTP/1.1 200 OK\r\n\r\nearly'));
    const outcome = await link.tunnel('auth.example:443');
    if (!('socket' in outcome)) throw new Error(outcome.code);
    expect(outcome.head.toString()).toBe('early');
    link.close();
    await eventually(() => outcome.socket.destroyed).toBe(true);
    expect(await link.tunnel('auth.example:443')).toEqual({ code: 'laptop_gone' });
  });
});
