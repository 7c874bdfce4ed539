import type { ConsoleState, LicenseView } from '../../src-shared/window/console-state.ts';
import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import type { LicenseField } from '../../src-shared/license/license-details.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { PaneControl } from './pane-handlers.ts';

export interface LicenseHandlersDeps {
  readonly state: () => ConsoleState;
  readonly servers: Pick<LicensedServers, 'shown'>;
  readonly pane: PaneControl;
  readonly copy: (text: string) => Promise<Result<null>>;
}

const done = succeed(null);

/** The handlers of the license that the window shows. */
export function licenseHandlers(deps: LicenseHandlersDeps): HandlersOf<'license' | 'keychain'> {
  return {
    'keychain.unlock': async () => deps.servers.shown?.unlockKeychain() ?? fail('profile_incomplete'),
    'license.check': async () => deps.servers.shown?.checker.run() ?? fail('not_licensed'),
    'license.remove': async ({ hereOnly }) => {
      const server = deps.servers.shown;
      if (!server) return fail('not_licensed');
      const removed = await server.remove(hereOnly);
      // The window may show another server now.
      if (removed.ok && deps.servers.shown === server) deps.pane.show(true);
      return removed.ok ? done : removed;
    },
    'license.dismiss_removal': async () => {
      deps.servers.shown?.setRemoval({ state: 'idle' });
      return done;
    },
    'license.copy_field': async ({ field }) => {
      const { license } = deps.state();
      if (!license) return fail('not_licensed');
      return deps.copy(licenseFieldText(license, field));
    },
  };
}

/** The value of one field, as shown on the screen. */
export function licenseFieldText(license: LicenseView, field: LicenseField): string {
  const shown = words.license.fields(license).find((candidate) => candidate.field === field);
  return shown === undefined || shown.absent ? '' : shown.value;
}
