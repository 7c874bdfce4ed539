import { describe, expect, test, vi } from 'vitest';
import { findTrayHost } from '../../../../../src-main/adapters/desktop/tray-host.ts';
import { errorReply, fakeSessionBus, reply } from '../../../../fakes/fake-bus.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

describe('a desktop that may show tray icons', notOnWindows('linuxOnly'), () => {
  const fake = fakeSessionBus();

  test('says over the session bus whether it shows them', async () => {
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

  test('does not show them if no program answers for tray icons, or the answer is not a boolean', async () => {
    fake.onCall = (serial, socket) => socket.write(errorReply(serial, 'org.freedesktop.DBus.Error.ServiceUnknown'));
    expect(await findTrayHost()).toBe(false);
    fake.onCall = (serial, socket) => socket.write(reply(serial, 'true', { inVariant: true }));
    expect(await findTrayHost()).toBe(false);
    fake.onCall = () => fake.hangUp();
    expect(await findTrayHost()).toBe(false);
  });

  test('does not show them if there is no session bus', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', `unix:path=${fake.path}-nowhere`);
    expect(await findTrayHost()).toBe(false);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', '');
    expect(await findTrayHost()).toBe(false);
  });
});
