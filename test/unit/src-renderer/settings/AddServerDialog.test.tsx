import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { type ConsoleAccess, ConsoleContext } from '../../../../src-renderer/frame/console-context.ts';
import { AddServerDialog } from '../../../../src-renderer/settings/AddServerDialog.tsx';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { consoleStates } from '../../../gallery/console-states.ts';

function drawn(state: ConsoleAccess['state']): string {
  const access: ConsoleAccess = {
    state,
    arrivedMs: 0,
    go: () => {},
    createClient: () => {},
    showAbout: () => {},
    pairLaptop: () => {},
    isPairing: false,
    coverPane: () => {},
  };
  return renderToStaticMarkup(
    <ConsoleContext value={access}>
      <AddServerDialog onClosed={() => {}} />
    </ConsoleContext>,
  );
}

it('asks for the first server too', () => {
  const page = drawn(consoleStates['first-run']);
  expect(page).toContain('<form');
  expect(page).toMatch(/<input[^>]*name="issuer"[^>]*value=""/);
});

it('begins at the Authorization server of the shown server', () => {
  const page = drawn({ ...consoleStates['not-licensed'], profile });
  expect(page).toMatch(new RegExp(`<input[^>]*name="issuer"[^>]*value="${profile.issuer}"`));
});
