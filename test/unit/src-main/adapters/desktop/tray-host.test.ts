import { afterEach, describe, expect, test, vi } from 'vitest';
import { watchTrayHost } from '../../../../../src-main/adapters/desktop/tray-host.ts';
import { errorReply, fakeSessionBus, reply, signal } from '../../../../fakes/fake-bus.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

describe('a desktop that may show tray icons', notOnWindows('linuxOnly'), () => {
  const fake = fakeSessionBus();
  let answer: (serial: number) => Buffer;
  /** The console's calls on the bus, in order. */
  let calls: string[];
  let said: boolean[];
  afterEach(() => fake.hangUp());

  async function watch(): Promise<readonly boolean[]> {
    [calls, said] = [[], []];
    fake.onCall = (serial, socket, call) => {
      const text = call.toString('latin1');
      calls.push(text);
      socket.write(text.includes('AddMatch') ? reply(serial, '') : answer(serial));
    };
    await watchTrayHost((isThere) => said.push(isThere));
    return said;
  }

  const shows = (value: boolean | string) => (serial: number) => reply(serial, value, { inVariant: true });

  test('says over the session bus whether it shows them', async () => {
    for (const value of [true, false]) {
      answer = shows(value);
      expect(await watch()).toEqual([value]);
      expect(calls.at(-1)).toContain('IsStatusNotifierHostRegistered');
    }
  });

  test('is asked again when its panel starts or ends, but not after other signals', async () => {
    answer = shows(false);
    await watch();
    const rules = calls.slice(0, -1).join();
    for (const name of ['NameOwnerChanged', 'StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered']) {
      expect(rules).toContain(`member='${name}'`);
      answer = shows(true);
      fake.send(signal(name));
      await vi.waitFor(() => expect(said.at(-1)).toBe(true));
      answer = shows(false);
      fake.send(signal('NameAcquired'));
      fake.send(signal(name));
      await vi.waitFor(() => expect(said.at(-1)).toBe(false));
    }
    expect(said).toEqual([false, true, false, true, false, true, false]);
  });

  test('does not show them if no program answers for tray icons, or the answer is not a boolean', async () => {
    answer = (serial) => errorReply(serial, 'org.freedesktop.DBus.Error.ServiceUnknown');
    expect(await watch()).toEqual([false]);
    answer = shows('true');
    expect(await watch()).toEqual([false]);
    answer = () => {
      fake.hangUp();
      return Buffer.alloc(0);
    };
    expect(await watch()).toEqual([false]);
  });

  test('does not show them if there is no session bus', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${fake.path}-nowhere`);
    expect(await watch()).toEqual([false]);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', '');
    expect(await watch()).toEqual([false]);
  });
});
