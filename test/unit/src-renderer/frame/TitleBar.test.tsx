import { expect, it } from 'vitest';
import { TitleBar } from '../../../../src-renderer/frame/TitleBar.tsx';
import type { ServerView } from '../../../../src-shared/window/console-state.ts';
import { drawn } from '../../../fakes/drawn.tsx';
import { type ConsoleStateName, consoleStates } from '../../../gallery/console-states.ts';

const titleOf = (name: ConsoleStateName, change: (server: ServerView) => ServerView = (server) => server) => {
  const { profile, servers, isSandbox } = consoleStates[name];
  return drawn(
    consoleStates[name],
    <TitleBar profile={profile} servers={servers.map(change)} isSandbox={isSandbox} go={() => {}} />,
  );
};

it('marks in the chooser that another server waits for an answer, and says which', () => {
  const html = titleOf('two-servers-one-waits');
  expect(html).toContain('class="server-waits" title="Store 015 is waiting for your answer"');
  expect(html).toContain('aria-describedby="servers-wait"');
  expect(html).toContain('id="servers-wait">Store 015 is waiting for your answer</span>');
  expect(html).toContain('<option value="profile-2">Store 015 – Store – waiting for your answer</option>');
});

it('counts them if there are several', () => {
  const html = titleOf('many-servers', (server) =>
    server.id === 'profile-1' ? server : { ...server, newLicenseWaits: true as const },
  );
  expect(html).toContain('title="2 other servers are waiting for your answer"');
});

it('has no mark for the shown server, whose page asks, and none where nobody waits', () => {
  const shown = titleOf('two-servers', (server) =>
    server.id === 'profile-1' ? { ...server, newLicenseWaits: true as const } : server,
  );
  expect(shown).toContain('Store 014 – Store – waiting for your answer');
  for (const html of [shown, titleOf('two-servers')]) {
    expect(html).not.toContain('server-waits');
    expect(html).not.toContain('aria-describedby');
  }
});
