import { test as base } from '@playwright/test';
import { OpenGrants } from './open-grants.ts';

export * from '@playwright/test';

interface ConsoleFixtures {
  readonly openGrants: OpenGrants;
}

/** A test of the real console. After each test that passed, the open grants of its sandboxes are compared with the keychain. */
export const test = base.extend<ConsoleFixtures>({
  openGrants: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern which fixtures are needed.
    async ({}, use, info) => {
      const openGrants = new OpenGrants();
      await use(openGrants);
      // Runs after the hooks, when consoles and sandboxes are closed, except those shared by a whole file.
      if (info.status === 'passed') await openGrants.check(info);
    },
    { auto: true },
  ],
});
