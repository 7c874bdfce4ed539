import { describe, expect, test, vi } from 'vitest';
import { findTrayHost } from '../../../../../src-main/adapters/desktop/tray-host.ts';
import { errorReply, fakeSessionBus, reply } from '../../../../fakes/fake-bus.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

describe('a desktop that may show tray icons', notOnWindows('linuxOnly'), () => {
  const fake = fakeSessionBus();

  test('it says whether it does', async () => {
    let asked = '';
    for (const shows of [true, false]) {
      fake.onCall = (serial, socket, call) => {
        asked = call.toString('latin1');
        socket.write(reply(serial, shows, { inVariant: true }));
      };
      expect(await findTrayHost()).toBe(shows);
      expect(asked).toContain('IsStatusNotifierHostRegistered');
    }
  });

  test('it does not if nothing there knows of tray icons, or the answer is no boolean', async () => {
    fake.onCall = (serial, socket) => socket.write(errorReply(serial, 'org.freedesktop.DBus.Error.ServiceUnknown'));
    expect(await findTrayHost()).toBe(false);
    fake.onCall = (serial, socket) => socket.write(reply(serial, 'true', { inVariant: true }));
    expect(await findTrayHost()).toBe(false);
    fake.onCall = () => fake.hangUp();
    expect(await findTrayHost()).toBe(false);
  });

  test('it does not if there is no session bus', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${fake.path}-nowhere`);
    expect(await findTrayHost()).toBe(false);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', '');
    expect(await findTrayHost()).toBe(false);
  });
});
