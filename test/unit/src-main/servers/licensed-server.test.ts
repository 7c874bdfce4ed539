import { expect, test } from 'vitest';
import type { HttpOutcome } from '../../../../src-main/ports/http.ts';
import { succeed } from '../../../../src-shared/result.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { metadata } from '../../../fakes/fake-authorization-server.ts';
import { noAnswer } from '../../../fakes/scripted-http.ts';
import { until } from '../../../fakes/until.ts';

test('changed settings replace the services, but the server stays the same object and licensed', async () => {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  const server = console.services;
  const { license, refresh } = server;
  const details = license.view()?.details;
  await server.change(() => succeed({ ...server.profile, serverName: 'Store 015' }), metadata);
  expect(server.license).not.toBe(license);
  expect(server.refresh).not.toBe(refresh);
  expect(server.standing()).toMatchObject({ profileId: license.profile.id, serverName: 'Store 015' });
  expect(server.license.view()?.details).toEqual(details);
  expect(await server.refresh.refreshNow()).toMatchObject({ ok: true });
  expect((await server.token.current()).ok).toBe(true);
});

test('an answer to a request with the previous settings does not change the connection state', async () => {
  const console = await ConsoleAtWork.create();
  const server = console.services;
  const send = console.server.send.bind(console.server);
  let answer: (outcome: HttpOutcome) => void = () => {};
  let isAsked = false;
  console.server.send = () => {
    isAsked = true;
    return new Promise((resolve) => (answer = resolve));
  };
  const contact = server.license.contactServer();
  await until(() => isAsked, 'the request');
  console.server.send = send;
  await server.change(() => succeed({ ...server.profile, scope: 'other' }), metadata);
  answer(noAnswer('network_unreachable'));
  await contact;
  expect(server.connection).toEqual({ state: 'unknown' });
  await server.license.contactServer();
  expect(server.connection).toEqual({ state: 'online' });
});

test('a server whose laptop is back refreshes at once what failed, and nothing otherwise', async () => {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  const refreshes = () =>
    console.server.requests.filter(({ form }) => form.get('grant_type') === 'refresh_token').length;
  console.services.connectionIsBack();
  expect(refreshes()).toBe(0);
  console.server.fault = () => noAnswer('network_unreachable');
  await console.services.refresh.refreshNow();
  console.server.fault = () => undefined;
  const before = refreshes();
  console.services.connectionIsBack();
  await until(() => !console.services.refresh.view().refreshing, 'the end of the refresh');
  expect(refreshes()).toBe(before + 1);
  expect(console.services.refresh.view().lastFailure).toBeUndefined();
});
