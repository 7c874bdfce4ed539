import { type ReportedServer, reportedServerSchema, type reportedStates } from '../../src-shared/servers/board.ts';
import type { ServerReport } from '../../src-shared/pairing/pairing.ts';
import { present } from '../../src-shared/present.ts';

/**
 * The part of a helped server's report that the board keeps. `at`: trusted time in ms. Null if the report cannot become a row, for example
 * because its console uses IDs of another form.
 */
export function rowOfReport(report: ServerReport, at: number): ReportedServer | null {
  const { license, acquisition, failureCodes } = report;
  const code = reportedServerSchema.shape.failureCode.safeParse(failureCodes[0] ?? acquisition.failureCode);
  const row = reportedServerSchema.safeParse(
    present({
      id: report.id,
      name: report.serverName,
      edition: report.edition,
      organization: license?.organization?.name ?? license?.organization?.id,
      serverId: license?.serverId,
      hub: license?.hub,
      userCode: acquisition.userCode,
      tokenExpiresAt: license?.tokenExpiresAt,
      renewalDate: license?.renewalEndsAt === undefined ? undefined : { endsAt: license.renewalEndsAt },
      failureCode: code.data,
      consoleVersion: report.consoleVersion,
      state: stateOf(report),
      reportedAt: at,
    }),
  );
  return row.success ? row.data : null;
}

function stateOf({ license, acquisition }: ServerReport): (typeof reportedStates)[number] {
  if (license) return 'licensed';
  if (acquisition.state === 'awaiting_authorization') return 'awaiting_authorization';
  return acquisition.state === 'failed' ? 'failed' : 'not_licensed';
}
