import { fail, type Result } from '../../src-shared/result.ts';
import type { ProfileServices } from '../servers/profile-services.ts';

/** Makes the system ask for the keychain's password, then resumes a waiting refresh. Failures: `profile_incomplete`, `secret_store_*`. */
export async function unlockKeychain(services: ProfileServices | null): Promise<Result<null>> {
  if (!services) return fail('profile_incomplete');
  const unlocked = await services.license.unlockKeychain();
  if (unlocked.ok) {
    services.acquisition.explainInterruption();
    services.refresh.nudge();
  }
  return unlocked;
}
