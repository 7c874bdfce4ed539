import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeReply, encodeCall, messageLength } from '../../../../../src-main/adapters/desktop/bus-message.ts';
import { busPaths, SessionBus } from '../../../../../src-main/adapters/desktop/session-bus.ts';
import { errorReply, FakeBus, listsReply, reply } from '../../../../fakes/fake-bus.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

const isLocked = {
  to: 'org.freedesktop.secrets',
  path: '/org/freedesktop/secrets/aliases/default',
  interface: 'org.freedesktop.DBus.Properties',
  method: 'Get',
  args: ['org.freedesktop.Secret.Collection', 'Locked'],
};

describe('the session’s message bus', notOnWindows('linuxOnly'), () => {
  let folder: string;
  let fake: FakeBus;
  let bus: SessionBus;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'session-bus-'));
    fake = new FakeBus(join(folder, 'bus'));
    await fake.listen();
    bus = new SessionBus({ DBUS_SESSION_BUS_ADDRESS: `unix:path=${fake.path},guid=0123` });
  });
  afterEach(async () => {
    bus.close();
    await fake.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers several calls over one connection, in either byte order', async () => {
    fake.onCall = (serial, socket) =>
      socket.write(reply(serial, serial % 2 === 0, { inVariant: true, bigEndian: serial > 3 }));
    const answers = await Promise.all([1, 2, 3, 4].map(() => bus.call(isLocked)));
    expect(answers.map((answer) => 'value' in answer && answer.value)).toEqual([true, false, true, false]);
    expect(await bus.call(isLocked)).toEqual({ replyTo: 6, value: true });
    expect(fake.connections).toBe(1);
  });

  it('reads answers that arrive in pieces or together', async () => {
    const answers: Buffer[] = [];
    fake.onCall = (serial, socket) => {
      answers.push(reply(serial, `answer ${serial}`));
      if (answers.length < 2) return;
      const both = Buffer.concat(answers);
      socket.write(both.subarray(0, 30), () => setImmediate(() => socket.write(both.subarray(30))));
    };
    expect(await Promise.all([bus.call(isLocked), bus.call(isLocked)])).toEqual([
      { replyTo: 2, value: 'answer 2' },
      { replyTo: 3, value: 'answer 3' },
    ]);
  });

  it('reads lists of object paths of any number and length', async () => {
    const paths = fc.array(fc.stringMatching(/^(\/[a-z]{1,5}){1,4}$/), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(paths, { minLength: 1, maxLength: 3 }), async (lists) => {
        fake.onCall = (serial, socket) => socket.write(listsReply(serial, lists));
        expect(await bus.call(isLocked)).toMatchObject({ lists });
      }),
    );
  });

  it('returns the name of an error, and reports ended for a program that has left the bus', async () => {
    fake.onCall = (serial, socket) => socket.write(errorReply(serial, 'org.freedesktop.DBus.Error.UnknownObject'));
    expect(await bus.call(isLocked)).toEqual({ replyTo: 2, error: 'org.freedesktop.DBus.Error.UnknownObject' });
    fake.onCall = (serial, socket) => socket.write(errorReply(serial, 'org.freedesktop.DBus.Error.NoReply'));
    expect(await bus.call(isLocked)).toEqual({ trouble: 'ended' });
  });

  it('reports a missing answer, an unreachable or refusing bus, and a missing address', async () => {
    const named = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${fake.path}` };
    expect(await new SessionBus(named, 20).call(isLocked)).toEqual({ trouble: 'no_answer' });
    fake.welcome = 'REJECTED EXTERNAL\r\n';
    expect(await new SessionBus(named).call(isLocked)).toEqual({ trouble: 'no_bus' });
    const nowhere = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'nowhere')}` };
    expect(await new SessionBus(nowhere).call(isLocked)).toEqual({ trouble: 'no_bus' });
    expect(await new SessionBus({}).call(isLocked)).toEqual({ trouble: 'no_address' });
  });

  it('opens a new connection after the previous one ended', async () => {
    fake.onCall = () => fake.hangUp();
    expect(await bus.call(isLocked)).toEqual({ trouble: 'ended' });
    fake.onCall = (serial, socket) => socket.write(reply(serial, false, { inVariant: true }));
    expect(await bus.call(isLocked)).toMatchObject({ value: false });
    expect(fake.connections).toBe(2);
  });

  it('ends a connection that sends anything but D-Bus messages', async () => {
    for (const odd of [Buffer.alloc(4096, 0xff), Buffer.from(`HTTP/1.1 400 Bad Request\r\n\r\n${'x'.repeat(100)}`)]) {
      fake.onCall = (_serial, socket) => socket.write(odd);
      expect(await bus.call(isLocked)).toEqual({ trouble: 'ended' });
    }
  });
});

describe('the address of the bus', notOnWindows('linuxOnly'), () => {
  it.each([
    ['unix:path=/run/user/1000/bus', ['/run/user/1000/bus']],
    ['unix:path=/tmp/dbus%2dA%20b,guid=00ff', ['/tmp/dbus-A b']],
    ['unix:abstract=/tmp/dbus-x,guid=1', ['\0/tmp/dbus-x']],
    ['tcp:host=127.0.0.1,port=1;unix:guid=1,path=/b', ['/b']],
    ['tcp:host=127.0.0.1,port=1', []],
    ['', []],
  ])('is read from %s', (address, paths) => {
    expect(busPaths({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: '/run/user/1' })).toEqual(paths);
  });

  it('is in the runtime folder if the environment names none', () => {
    expect(busPaths({ XDG_RUNTIME_DIR: '/run/user/1000' })).toEqual(['/run/user/1000/bus']);
  });
});

describe('a D-Bus message', () => {
  it('encodes a table of strings as in the specification', () => {
    const call = { to: 'a.b', path: '/c', interface: 'd.e', method: 'f', args: [{ k: 'v', key: 'w' }] };
    const message = encodeCall(call, 3).toString('hex');
    expect(message).toContain(Buffer.from('\u0001g\0\u0005a{ss}\0').toString('hex'));
    const first = '010000006b000000010000007600';
    const second = '030000006b657900010000007700';
    expect(message.endsWith(`1e00000000000000${first}0000${second}`)).toBe(true);
  });

  it('encodes a call as in the specification', () => {
    const call = { to: 'a.b', path: '/c', interface: 'd.e', method: 'f' };
    const fields =
      '01016f00020000002f63000000000000' +
      '0601730003000000612e620000000000' +
      '0201730003000000642e650000000000' +
      '03017300010000006600';
    expect(encodeCall(call, 3).toString('hex')).toBe(`6c01000100000000030000003a000000${fields}000000000000`);
  });

  it('is refused or decoded, but never crashes, with any one bit flipped', () => {
    let refused = 0;
    const whole = reply(7, 'an answer', { inVariant: true });
    expect(messageLength(whole)).toBe(whole.length);
    for (let at = 0; at < whole.length * 8; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7));
      try {
        expect(['undefined', 'string', 'boolean', 'number']).toContain(typeof decodeReply(flipped).value);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(RangeError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});
