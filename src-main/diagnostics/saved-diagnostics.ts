import { fail, type Result } from '../../src-shared/result.ts';

/** The result of saving the diagnostics. `export_not_written` becomes `diagnostics_not_saved`, whose words say what to do then. */
export function savedDiagnostics<T>(saved: Result<T>): Result<T> {
  if (saved.ok || saved.failure.code !== 'export_not_written') return saved;
  return fail('diagnostics_not_saved', { facts: { ...saved.failure.facts } });
}
