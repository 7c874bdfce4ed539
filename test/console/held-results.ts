import type { ElectronApplication } from '@playwright/test';

/** A function for the main process, and what it is given. */
interface Sent {
  readonly source: string;
  readonly given: unknown;
}

/**
 * Keeps the results of functions that a test runs in the main process. Playwright waits for a result by a promise that only a weak
 * reference of V8's inspector leads to. If V8 collects garbage before the promise's handlers run, the call fails with "Resulting
 * promise was garbage collected", although the function has run: a repeated key press would be one too many. Here the promise is
 * pending until the next turn of the event loop, which holds it.
 */
export function holdResults(electron: ElectronApplication): ElectronApplication {
  const evaluate = electron.evaluate.bind(electron);
  const held = (ask: unknown, given?: unknown) =>
    evaluate(
      async (electronModule, sent: Sent) => {
        // oxlint-disable-next-line no-eval -- Playwright itself sends functions as text; this text comes from a test's own file.
        const run = (0, eval)(`(${sent.source})`) as (module: unknown, given: unknown) => unknown;
        const result = await run(electronModule, sent.given);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        return result;
      },
      { source: String(ask), given },
    );
  return Object.assign(electron, { evaluate: held as ElectronApplication['evaluate'] });
}
