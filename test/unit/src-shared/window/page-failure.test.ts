import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pageHandlers } from '../../../../src-main/ipc/page-handlers.ts';
import { ErrorBoundary } from '../../../../src-renderer/failure/ErrorBoundary.tsx';
import { pageFailure, pageFailureSchema, windowParts } from '../../../../src-shared/window/page-failure.ts';
import { MemoryLog } from '../../../fakes/memory-log.ts';

const trap = (): never => {
  throw new Error('a trap');
};

/** Anything that JavaScript can throw, including errors with members of any kind. */
const anyThrown = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true, withObjectString: true }),
  fc
    .record({ name: fc.anything(), message: fc.anything(), stack: fc.anything() })
    .map((members) => Object.assign(new Error(), members)),
  fc.string({ maxLength: 2_000 }).map((message) => new TypeError(message)),
  fc
    .constantFrom('name', 'message', 'stack')
    .map((member) => Object.defineProperty(new RangeError('x'), member, { get: trap })),
);

describe('the log line of a thrown value', () => {
  it('always matches its schema, whatever was thrown', () => {
    fc.assert(
      fc.property(fc.constantFrom(...windowParts), anyThrown, (part, thrown) => {
        expect(pageFailureSchema.safeParse(pageFailure(part, thrown)).success).toBe(true);
      }),
    );
  });

  it('names the error and its origin without folders', () => {
    const thrown = new TypeError('x is null');
    thrown.stack = 'TypeError: x is null\n at F (fusion-console://app/assets/Help-a_B1.js:1:23)\n at start-x.js:4:5';
    expect(pageFailure('help', thrown)).toEqual({
      part: 'help',
      error: 'TypeError: x is null',
      at: 'Help-a_B1.js:1:23 start-x.js:4:5',
    });
    expect(pageFailure('help', null)).toEqual({ part: 'help', error: 'object: ', at: '' });
  });
});

describe('a part of the window that throws', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A boundary, driven as React does. */
  function drive() {
    const sent: unknown[][] = [];
    vi.stubGlobal('window', {
      licenseConsole: { call: async (call: string, request: unknown) => void sent.push([call, request]) },
    });
    let again = () => {};
    const renderFailed = (retry: () => void) => {
      again = retry;
      return 'words';
    };
    const boundary = new ErrorBoundary({ part: 'settings', of: 1, renderFailed, children: 'page' });
    const put = (state: object) => Object.assign(boundary, { state: { ...boundary.state, ...state } });
    boundary.setState = put as typeof boundary.setState;
    const fail = () => {
      put(ErrorBoundary.getDerivedStateFromError());
      boundary.componentDidCatch(new Error('no'));
      return shown();
    };
    const shown = () => boundary.render() as string;
    const showOf = (of: number) =>
      put(ErrorBoundary.getDerivedStateFromProps({ ...boundary.props, of }, boundary.state) ?? {});
    return { showOf, shown, sent, fail, again: () => again() };
  }

  it('is replaced by a message and logged, can be shown again, and after the next failure reloads the page', () => {
    const { shown, sent, fail, again } = drive();
    expect(shown()).toBe('page');
    expect(fail()).toBe('words');
    expect(sent).toMatchObject([['page.failed', { part: 'settings', error: 'Error: no' }]]);
    again();
    expect(shown()).toBe('page');
    expect(fail()).toBe('words');
    again();
    expect(sent.map(([call]) => call)).toEqual(['page.failed', 'page.failed', 'page.reload']);
    expect(shown()).toBe('words');
  });

  it('is tried again automatically when it shows something else', () => {
    const { showOf, shown, fail } = drive();
    fail();
    showOf(1);
    expect(shown()).toBe('words');
    showOf(2);
    expect(shown()).toBe('page');
  });
});

describe('a failure of the page in main', () => {
  it('leaves a bounded number of log lines, and the page is loaded again on request', async () => {
    const log = new MemoryLog();
    let reloads = 0;
    const handlers = pageHandlers({ log, reloadPage: () => (reloads += 1) });
    for (let times = 0; times < 500; times += 1) await handlers['page.failed'](pageFailure('license', new Error('no')));
    expect(log.lines[0]).toMatchObject({
      level: 'warn',
      area: 'window',
      event: 'page_failed',
      part: 'license',
      error: 'Error: no',
    });
    expect(log.lines.length).toBe(20);
    await handlers['page.reload'](undefined);
    expect(reloads).toBe(1);
  });
});
