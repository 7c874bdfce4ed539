import { expect, it } from 'vitest';
import { AddServerDialog } from '../../../../src-renderer/settings/AddServerDialog.tsx';
import { drawn } from '../../../fakes/drawn.tsx';
import { profile } from '../../../fakes/fake-authorization-server.ts';
import { consoleStates } from '../../../gallery/console-states.ts';

const dialog = <AddServerDialog onClosed={() => {}} />;

it('also asks for the first server', () => {
  expect(drawn(consoleStates['first-run'], dialog)).toMatch(/<input[^>]*name="issuer"[^>]*value=""/);
});

it('starts with the Authorization server of the shown server', () => {
  const page = drawn({ ...consoleStates['not-licensed'], profile }, dialog);
  expect(page).toContain(`value="${profile.issuer}"`);
});
