import { writeFileSync } from 'node:fs';
import { Socket } from 'node:net';

/** Where Vitest looks for the state that its start has prepared. */
const vitestState = '__vitest_worker__';

/**
 * Runs one file of the bundle in this process. A test file runs with Vitest's own tests, hooks and assertions. They are started here, since Vitest's own start needs a program for Linux. Results go to a file, because writing into a pipe can fail on Wine.
 * @param {Record<string, () => Promise<unknown>>} files
 */
export async function start(files) {
  // Wine does not support keep-alive: requesting it ends every connection.
  Socket.prototype.setKeepAlive = function setKeepAlive() {
    return this;
  };
  const [name, resultFile] = process.argv.slice(2);
  const load = files[name];
  if (!name.includes('.test.')) return load();
  writeFileSync(resultFile, JSON.stringify(await testsOf(name, load)));
  process.exit(0);
}

async function testsOf(name, load) {
  const config = configuration();
  Object.assign(globalThis, {
    [vitestState]: { config, filepath: name, ctx: {}, providedContext: {}, metaEnv: process.env },
  });
  const { createExpect, expect } = await import('vitest');
  const { startTests } = await import('@vitest/runner');
  const { getTests } = await import('@vitest/runner/utils');
  const { setState } = await import('@vitest/expect');
  const outside = [];
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => outside.push(error));
  const [file] = await startTests([name], {
    config,
    importFile: load,
    onBeforeTryTask: (test) => {
      // If the file is ended before it has finished, this names the test that was running.
      process.stderr.write(`${test.name}\n`);
      setState({ assertionCalls: 0, currentTestName: test.name }, expect);
    },
    extendTaskContext: (context) => Object.defineProperty(context, 'expect', { get: () => createExpect(context.task) }),
  });
  return [
    ...getTests(file).map(resultOf),
    ...[...(file.result?.errors ?? []), ...outside].map((error) => ({
      name: 'outside of its tests',
      state: 'failed',
      reason: textOf(error),
    })),
  ];
}

function resultOf(test) {
  const tasks = withSuites(test);
  const name = tasks
    .slice(0, -1)
    .map((task) => task.name)
    .toReversed()
    .join(' > ');
  const state = { pass: 'passed', fail: 'failed' }[test.result?.state] ?? 'skipped';
  const errors = tasks.flatMap((task) => task.result?.errors ?? []).map(textOf);
  return { name, state, reason: state === 'skipped' ? skippedBecause(tasks) : errors.join('\n') };
}

/** The reason that the test, or its group, gives; see test/fakes/on-windows.ts. */
function skippedBecause(tasks) {
  return tasks.map((task) => task.meta?.reason ?? task.result?.note).find(Boolean) ?? null;
}

function withSuites(task) {
  return task.suite ? [task, ...withSuites(task.suite)] : [task, task.file];
}

function textOf(error) {
  return [error?.message, error?.stack ?? String(error), error?.diff].filter(Boolean).join('\n');
}

/** What Vitest's own start passes on, with a longer time limit for tests, because Wine is slow. */
function configuration() {
  return {
    root: process.cwd(),
    setupFiles: [],
    passWithNoTests: false,
    allowOnly: false,
    sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
    maxConcurrency: 5,
    testTimeout: 600_000,
    hookTimeout: 600_000,
    retry: 0,
    tags: [],
    strictTags: false,
    expect: {},
    snapshotOptions: {},
    fakeTimers: {},
  };
}
