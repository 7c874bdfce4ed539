import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { succeed } from '../../src-shared/result.ts';
import type { ServerProfiles } from '../servers/server-profiles.ts';

export interface HandoverHandlersDeps {
  readonly profiles: ServerProfiles;
}

/** The handlers of the installer's name on the handover sheet. Failure: `settings_not_written`. */
export function handoverHandlers({ profiles }: HandoverHandlersDeps): HandlersOf<'handover'> {
  return {
    'handover.read': async () => succeed({ installedBy: profiles.installedBy }),
    'handover.keep': async ({ installedBy }) => profiles.saveInstalledBy(installedBy.trim()),
  };
}
