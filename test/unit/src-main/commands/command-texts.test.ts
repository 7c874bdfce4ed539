import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../../../src-main/commands/command-arguments.ts';
import { CommandOutput } from '../../../../src-main/commands/command-output.ts';
import { commandNames } from '../../../../src-main/commands/command-table.ts';
import { checkLines } from '../../../../src-main/commands/diagnose-checks.ts';
import { helpLines } from '../../../../src-main/commands/help-lines.ts';
import { type ServerSummary, serverDocument } from '../../../../src-main/commands/license-document.ts';
import { reportLines } from '../../../../src-main/commands/report-lines.ts';
import { exitCodeOfReport } from '../../../../src-main/commands/server-report.ts';
import { failed } from '../../../../src-main/preflight/preflight-check.ts';
import { widthOf } from '../../../../src-main/commands/terminal-text.ts';
import { verdictDocument, verdictLines } from '../../../../src-main/commands/verdict-report.ts';
import { licenseAnswerSchema } from '../../../../src-main/local-api/wire/license-answer.ts';
import { verifyAnswerSchema } from '../../../../src-main/local-api/wire/verify-messages.ts';
import { evaluateLicense } from '../../../../src-main/license/evaluate-license.ts';
import { failureCodes } from '../../../../src-shared/failure-codes.ts';
import type { LicenseDetails } from '../../../../src-shared/license/license-status.ts';
import { peerReasons } from '../../../../src-shared/registers/peer-verdict.ts';
import { failure } from '../../../../src-shared/result.ts';
import { editions } from '../../../../src-shared/servers/server-profile.ts';
import { terminalWords } from '../../../../src-shared/words/terminal-words.ts';
import { MemoryTerminal } from '../../../fakes/memory-terminal.ts';
import { optionsOf } from '../../../fakes/options-of.ts';

const now = Date.UTC(2026, 10, 24, 12);
const day = 86_400_000;

/** A line may be too wide only if it is a single word. */
function expectToFit(lines: readonly string[], width: number): void {
  for (const line of lines) expect(widthOf(line) <= width || !line.trim().includes(' '), line).toBe(true);
}

const name = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), fc.constant('Store 014'));
const details: fc.Arbitrary<LicenseDetails> = fc.record(
  {
    serverId: fc.uuid(),
    tokenIssuedAt: fc.integer({ min: now - 40 * day, max: now }),
    tokenExpiresAt: fc.integer({ min: now - 10 * day, max: now + 40 * day }),
    features: fc.array(fc.string({ maxLength: 20 }), { maxLength: 30 }),
    hub: fc.record({ name, url: fc.webUrl() }),
    organization: fc.record({ id: fc.uuid(), name }),
    licenseId: fc.uuid(),
    licenseName: name,
    renewalDate: fc.record({ endsAt: fc.integer({ min: now - 400 * day, max: now + 400 * day }) }),
  },
  { requiredKeys: ['serverId', 'tokenIssuedAt', 'tokenExpiresAt'] },
);
const someFailure = fc.option(fc.constantFrom(...failureCodes).map((code) => failure(code)));
const report: fc.Arbitrary<ServerSummary> = fc
  .record({
    details: fc.option(details),
    serverName: name,
    edition: fc.constantFrom(...editions),
    lastFailure: someFailure,
    keychain: someFailure,
    isWrong: fc.boolean(),
  })
  .map(({ details: held, serverName, edition, lastFailure, keychain, isWrong }) => ({
    id: 'p1',
    serverName,
    edition,
    isShown: true,
    license: held ? { details: held, evaluation: evaluateLicense(held, now) } : null,
    refresh: {
      refreshing: false,
      lastRefreshedAt: now - day,
      nextRefreshAt: now + day,
      ...(lastFailure ? { lastFailure } : {}),
    },
    isKept: isWrong,
    newLicenseWaits: isWrong,
    removalWaits: !held && isWrong,
    keychain,
    connection: { state: 'unknown' },
    clock: isWrong ? { state: 'wrong', localAt: now + 9 * day, trustedAt: now } : { state: 'right' },
    judgedAt: now,
  }));

describe('the output of the commands', () => {
  test('fits the terminal and agrees with the exit code, for 1,000 servers in any state', () => {
    fc.assert(
      fc.property(report, fc.integer({ min: 30, max: 80 }), (server, width) => {
        expectToFit(reportLines(server, width), width);
        const { status, ...said } = serverDocument(server);
        // A program gets the same here as over the local license API.
        expect({ status, ...said }).toMatchObject(licenseAnswerSchema.parse({ status, ...said }));
        const exitCode = exitCodeOfReport(server);
        expect(exitCode === 3).toBe(status === 'not_licensed');
        if (exitCode === 0) expect([status, server.keychain]).toEqual(['licensed', null]);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(commandNames)('help %s fits, explains each option, and has examples that can be run', (command) => {
    for (const width of [40, 80]) expectToFit(helpLines(command, width), width);
    const text = helpLines(command, 80).join('\n');
    for (const option of optionsOf(command)) expect(text).toContain(`  ${option}`);
    for (const [example] of terminalWords.help.of[command].examples) {
      const [said = ''] = example.replace(/^license-console /, '').split(/ (?:\||<|>|\|\|) /);
      const words = [...said.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
      expect(readCommandLine(words), example).toMatchObject({ ok: true });
    }
  });

  test(`each of ${failureCodes.length} failures fits 80 columns, on the error stream only`, () => {
    for (const code of failureCodes) {
      const terminal = new MemoryTerminal();
      new CommandOutput(terminal, false).fail(failure(code));
      expect(terminal.out).toBe('');
      expectToFit(terminal.err.split('\n'), 80);
      expectToFit(checkLines({ check: 'connection', ...failed(failure(code)) }, null, 80), 80);
    }
  });

  test(`each of ${peerReasons.length} reasons to refuse a peer has its own text`, () => {
    for (const reason of peerReasons) {
      const verdict = { accepted: false, reason, peer: null, authentic: true, judgedAt: now } as const;
      expect(verifyAnswerSchema.parse(verdictDocument(verdict))).toEqual(verdictDocument(verdict));
      const lines = verdictLines(verdict, 80);
      expect(lines.join(' ').length).toBeGreaterThan(30);
      expectToFit(lines, 80);
    }
  });
});
