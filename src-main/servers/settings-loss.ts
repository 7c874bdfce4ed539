import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import type { Notice } from '../../src-shared/window/console-state.ts';
import type { SettingsLoss } from './kept-settings.ts';

type Part = SettingsLoss['part'];

const noticeIds = { all: 'settings_lost', some: 'settings_partly_unreadable' } as const;
const codes: Record<Part, FailureCode> = { all: 'settings_lost', some: 'server_settings_lost' };

/** The notices of lost settings. */
export const lossNotices: ReadonlySet<Notice['id']> = new Set(Object.values(noticeIds));

export const lossNotice = (part: Part): Notice['id'] => noticeIds[part];

/** The loss that these notices are about, as a failure: `settings_lost`, or `server_settings_lost` if other servers are left. */
export function lossIn(notices: readonly Notice[]): Failure | null {
  const part = (['all', 'some'] as const).find((each) => notices.some(({ id }) => id === noticeIds[each]));
  return part === undefined ? null : failure(codes[part]);
}
