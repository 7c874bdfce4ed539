import { beforeEach, describe, expect, it } from 'vitest';
import { Preflight, type PreflightDeps } from '../../../../src-main/preflight/preflight.ts';
import type { PreflightRun } from '../../../../src-main/preflight/run-preflight.ts';
import type { LicensedServer } from '../../../../src-main/servers/licensed-server.ts';
import type { CheckResult, PreflightReport } from '../../../../src-shared/support/preflight.ts';
import { settled } from '../../../fakes/until.ts';

interface ServerParts {
  readonly license?: object;
  readonly acquisition?: string;
  readonly removal?: string;
  readonly profile?: { readonly issuer: string };
}

function serverOf(profileId: string, parts: ServerParts = {}): LicensedServer {
  const {
    license = null,
    acquisition = 'idle',
    removal = 'idle',
    profile = { issuer: 'https://auth.example' },
  } = parts;
  return {
    profileId,
    profile,
    license: { view: () => license },
    acquisition: { view: () => ({ state: acquisition }) },
    removal: { state: removal },
  } as unknown as LicensedServer;
}

const store = serverOf('store');
const other = serverOf('other');
const clockIsRight: CheckResult = { check: 'clock', state: 'ok', says: ['Right.'] };

interface Run extends Omit<PreflightRun, 'timer'> {
  readonly servers: readonly LicensedServer[];
  readonly end: (report: PreflightReport) => void;
  readonly fail: (thrown: unknown) => void;
}

let runs: Run[];
let changes: number;
let faults: unknown[];
let preflight: Preflight;

const run: PreflightDeps['run'] = (servers, asked) =>
  new Promise((end, reject) => {
    runs.push({ servers, ...asked, end, fail: reject });
  });

beforeEach(() => {
  runs = [];
  changes = 0;
  faults = [];
  preflight = new Preflight({
    clock: { wallNow: () => 5_000 },
    run,
    onFault: (thrown) => faults.push(thrown),
    onChanged: () => (changes += 1),
  });
});

describe('the checks of the window', () => {
  it('show each result as it arrives, and when the run ended', async () => {
    expect(preflight.view(store)).toBeNull();
    preflight.start(store);
    expect(runs[0]?.servers).toEqual([store]);
    expect(preflight.view(store)).toEqual({ askedBy: 'person', state: 'running', results: [] });
    runs[0]?.onResult?.(clockIsRight, null);
    expect(preflight.view(store)).toEqual({ askedBy: 'person', state: 'running', results: [clockIsRight] });
    runs[0]?.end({ computer: [clockIsRight], servers: [] });
    await settled();
    expect(preflight.view(store)).toEqual({
      askedBy: 'person',
      state: 'done',
      results: [clockIsRight],
      endedAt: 5_000,
    });
    expect(changes).toBe(3);
  });

  it('run once at a time for a server', () => {
    preflight.start(store);
    preflight.start(store);
    expect(runs).toHaveLength(1);
  });

  it('check only the computer if there is no server', () => {
    preflight.start(null);
    expect(runs[0]?.servers).toEqual([]);
    expect(preflight.view(null)?.state).toBe('running');
  });

  it('can be cancelled: finished results stay, and later ones are ignored', async () => {
    preflight.start(store);
    runs[0]?.onResult?.(clockIsRight, null);
    preflight.cancel();
    expect(runs[0]?.signal?.aborted).toBe(true);
    runs[0]?.onResult?.({ check: 'api', state: 'skipped', says: [] }, null);
    runs[0]?.end({ computer: [], servers: [] });
    await settled();
    expect(preflight.view(store)).toEqual({
      askedBy: 'person',
      state: 'cancelled',
      results: [clockIsRight],
      endedAt: 5_000,
    });
  });

  it('end and can run again after an unexpected exception', async () => {
    preflight.start(store);
    runs[0]?.onResult?.(clockIsRight, null);
    const thrown = new Error('no module');
    runs[0]?.fail(thrown);
    await settled();
    expect(faults).toEqual([thrown]);
    expect(preflight.view(store)).toEqual({
      askedBy: 'person',
      state: 'failed',
      results: [clockIsRight],
      endedAt: 5_000,
    });
    preflight.start(store);
    expect(preflight.view(store)).toEqual({ askedBy: 'person', state: 'running', results: [] });
  });

  it('stay cancelled if the cancelled run throws', async () => {
    preflight.start(store);
    preflight.cancel();
    const thrown = new Error('ended');
    runs[0]?.fail(thrown);
    await settled();
    expect(faults).toEqual([thrown]);
    expect(preflight.view(store)?.state).toBe('cancelled');
  });

  it('are never shown for another server, and end when another server is checked', () => {
    preflight.start(store);
    expect(preflight.view(other)).toBeNull();
    preflight.start(other);
    expect(runs[0]?.signal?.aborted).toBe(true);
    expect(preflight.view(store)).toBeNull();
    expect(preflight.view(other)?.state).toBe('running');
  });
});

describe("the console's own checks before the first Next", () => {
  it('wait until the start is over', () => {
    preflight.look(store);
    expect(runs).toHaveLength(0);
    preflight.begin();
    expect(runs[0]?.servers).toEqual([store]);
    expect(preflight.view(store)?.askedBy).toBe('console');
  });

  it('run once for each server while the window is open', async () => {
    preflight.begin();
    preflight.look(store);
    runs[0]?.end({ computer: [], servers: [] });
    await settled();
    preflight.look(store);
    expect(runs).toHaveLength(1);
    preflight.look(other);
    expect(runs).toHaveLength(2);
    preflight.windowOpens();
    preflight.look(store);
    expect(runs).toHaveLength(3);
  });

  it('run again for another address of the Authorization server', () => {
    preflight.begin();
    const profile = { issuer: 'https://auth.example' };
    const changing = serverOf('store', { profile });
    preflight.look(changing);
    runs[0]?.end({ computer: [], servers: [] });
    preflight.cancel();
    profile.issuer = 'https://other.example';
    preflight.look(changing);
    expect(runs).toHaveLength(2);
  });

  it.each([
    ['no server', null],
    ['a server with a license', serverOf('licensed', { license: { details: {} } })],
    ['a license that is being acquired', serverOf('busy', { acquisition: 'awaiting_authorization' })],
    ['a license that was just removed', serverOf('removed', { removal: 'removed' })],
  ])('do not run for %s', (_what, server) => {
    preflight.begin();
    preflight.look(server);
    expect(runs).toHaveLength(0);
  });

  it('do not interrupt a run that a person started, and end when a person starts one', () => {
    preflight.begin();
    preflight.start(store);
    preflight.look(store);
    expect(runs).toHaveLength(1);
    preflight.look(other);
    expect(preflight.view(other)?.askedBy).toBe('console');
    preflight.start(other);
    expect(runs[1]?.signal?.aborted).toBe(true);
    expect(preflight.view(other)).toEqual({ askedBy: 'person', state: 'running', results: [] });
  });
});
