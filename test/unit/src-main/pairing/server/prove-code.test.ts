import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { proveCode } from '../../../../../src-main/pairing/server/prove-code.ts';
import { pairingVersion } from '../../../../../src-main/pairing/wire.ts';
import { answerText, FalseLaptop } from '../../../../fakes/false-laptop.ts';

const limits = { connectMs: 5_000, answerMs: 500, tunnelMs: 500 };
const text = { code: 'BCDFGHJK', addresses: [] };
let laptop: FalseLaptop;
afterEach(() => laptop.close());

const proofOf = (others: object) => JSON.stringify({ version: pairingVersion, response: 'AAAA', ...others });
const once = (answer: string) => (socket: TLSSocket) => void socket.once('data', () => socket.write(answer));

describe('a server’s console, at an answer to the code', () => {
  it.each<[string, (socket: TLSSocket) => void, string]>([
    ['of another version', once(answerText(400, '{"error":"version"}')), 'pairing_version'],
    ['that the offer has ended', once(answerText(410, '{"error":"ended"}')), 'pairing_ended'],
    ['that the code is wrong', once(answerText(403, '{"error":"wrong_code"}')), 'pairing_code_wrong'],
    ['that it is busy', once(answerText(409, '{"error":"busy"}')), 'laptop_unreachable'],
    ['with an unknown error', once(answerText(400, '{"error":"gremlins"}')), 'laptop_unreachable'],
    ['that is a page', once(answerText(200, '<html>')), 'laptop_unreachable'],
    ['that leads elsewhere', once(answerText(302, '', 'location: https://evil.example/')), 'laptop_unreachable'],
    ['that is no proof', once(answerText(200, proofOf({}))), 'pairing_code_wrong'],
    ['with another member', once(answerText(200, proofOf({ x: 1 }))), 'laptop_unreachable'],
    ['to another version', once(answerText(200, proofOf({ version: pairingVersion - 1 }))), 'pairing_version'],
    ['that is empty', once(answerText(204, '')), 'laptop_unreachable'],
    ['that is no HTTP', once('SSH-2.0-x\r\n'), 'laptop_unreachable'],
    ['that is far too large', once(answerText(200, 'x'.repeat(1_000_000))), 'laptop_unreachable'],
    ['that does not end', endless, 'laptop_unreachable'],
    ['that never comes', () => {}, 'laptop_unreachable'],
    ['that is an end', (socket) => void socket.once('data', () => socket.destroy()), 'laptop_unreachable'],
    [
      'that is two heads',
      once(`HTTP/1.1 100 Continue\r\n\r\n${answerText(410, '{"error":"ended"}')}`),
      'pairing_ended',
    ],
    ['with a head that does not end', once(`HTTP/1.1 200 X\r\n${'x: y\r\n'.repeat(100_000)}`), 'laptop_unreachable'],
    [
      'with two lengths',
      once('HTTP/1.1 200 X\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}'),
      'laptop_unreachable',
    ],
  ])('%s', async (_name, serve, code) => {
    laptop = await FalseLaptop.listen(serve);
    const proven = await proveCode([laptop.address], text, limits);
    expect(proven.ok ? 'paired' : proven.failure.code).toBe(code);
    expect(laptop.heard).not.toContain('BCDFGHJK');
    expect(laptop.heard).not.toContain('/pairing/finish');
  });

  it.each<[string, string, string | undefined]>([
    ['older', `{"error":"version","version":${pairingVersion - 1}}`, 'older'],
    ['newer', `{"error":"version","version":${pairingVersion + 1}}`, 'newer'],
    ['not known', '{"error":"version"}', undefined],
    ['no number', '{"error":"version","version":"3"}', undefined],
  ])('names the version of the laptop: %s', async (_name, body, is) => {
    laptop = await FalseLaptop.listen(once(answerText(400, body)));
    const proven = await proveCode([laptop.address], text, limits);
    expect(proven.ok ? 'paired' : [proven.failure.code, proven.failure.facts?.['laptop']]).toEqual([
      'pairing_version',
      is,
    ]);
  });

  it('tries the next address if the first does not answer', async () => {
    laptop = await FalseLaptop.listen(once(answerText(410, '{"error":"ended"}')));
    const nobody = { host: '127.0.0.1', port: 9 };
    const proven = await proveCode([nobody, laptop.address], text, limits);
    expect(proven.ok ? 'paired' : proven.failure.code).toBe('pairing_ended');
  });

  it('goes on to the next address of a QR code if another computer has the first', async () => {
    laptop = await FalseLaptop.listen(once(answerText(410, '{"error":"ended"}')));
    const another = await FalseLaptop.listen(() => {});
    const addresses = [another.address, laptop.address];
    const proven = await proveCode(addresses, { ...text, fingerprint: laptop.fingerprint.slice(0, 32) }, limits);
    another.close();
    expect(proven.ok ? 'paired' : proven.failure.code).toBe('pairing_ended');
    expect(another.heard).toBe('');
  });

  it('sends nothing to a laptop whose certificate is not named in the QR code', async () => {
    laptop = await FalseLaptop.listen(once(answerText(410, '{"error":"ended"}')));
    const proven = await proveCode([laptop.address], { ...text, fingerprint: 'a'.repeat(32) }, limits);
    expect(proven.ok ? 'paired' : proven.failure.code).toBe('pairing_code_wrong');
    expect(laptop.heard).toBe('');
  });
});

function endless(socket: TLSSocket): void {
  socket.once('data', () => {
    socket.write('HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n');
    const more = () => {
      while (!socket.destroyed && socket.write(`400\r\n${'x'.repeat(1024)}\r\n`));
    };
    socket.on('drain', more);
    more();
  });
}
