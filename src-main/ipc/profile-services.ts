import type { AcquireLicense } from '../acquisition/acquire-license.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { RefreshScheduler } from '../refresh/refresh-scheduler.ts';

/** What works for one server profile. */
export interface ProfileServices {
  readonly license: LicenseService;
  readonly acquisition: AcquireLicense;
  readonly refresh: RefreshScheduler;
}
