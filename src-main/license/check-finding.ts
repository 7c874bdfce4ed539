import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { present } from '../../src-shared/present.ts';
import type { CheckFinding } from '../../src-shared/license/license-check.ts';
import { type LicenseDetails, type LicenseField, licenseFields } from '../../src-shared/license/license-details.ts';
import { words } from '../../src-shared/words/words.ts';

/** The most important change that a successful check of the license found. Compares the license before and after it. */
export function checkFinding(before: LicenseView, after: LicenseView): CheckFinding {
  const renewal = after.evaluation.renewal;
  const date = after.details.renewalDate;
  const unclear = renewal.state === 'licensed' && renewal.dateUnclear === true;
  if (!unclear && before.details.renewalDate?.endsAt !== date?.endsAt) {
    const longer = date === undefined || date.endsAt > (before.details.renewalDate?.endsAt ?? Number.POSITIVE_INFINITY);
    return date && (!longer || renewal.state === 'expired')
      ? { kind: 'date_changed', date }
      : present({ kind: 'renewed' as const, date });
  }
  const fields = changedFields(before.details, after.details);
  if (fields.length > 0) return { kind: 'fields_changed', fields };
  const { token } = after.evaluation;
  if (before.evaluation.token.state !== 'fine' && token.state === 'fine')
    return { kind: 'token_fresh', expiresAt: token.expiresAt };
  return { kind: 'unchanged', awaitsRenewal: renewal.state !== 'licensed' };
}

function changedFields(before: LicenseDetails, after: LicenseDetails): readonly LicenseField[] {
  const { comparedValue } = words.license;
  return licenseFields.filter(
    (field) => JSON.stringify(comparedValue(field, before)) !== JSON.stringify(comparedValue(field, after)),
  );
}
