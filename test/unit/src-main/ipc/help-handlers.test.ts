import { unzipSync } from 'fflate/browser';
import { describe, expect, it } from 'vitest';
import { collectDiagnostics } from '../../../../src-main/diagnostics/collect-diagnostics.ts';
import { Diagnostics } from '../../../../src-main/diagnostics/diagnostics.ts';
import { type HelpHandlersDeps, helpHandlers } from '../../../../src-main/ipc/help-handlers.ts';
import { answerCall } from '../../../../src-main/ipc/register-handlers.ts';
import type { ExportedFile, FileExport } from '../../../../src-main/ports/file-export.ts';
import type { DiagnosticsText } from '../../../../src-shared/support/diagnostics-view.ts';
import type { ExportOutcome, IpcHandlers } from '../../../../src-shared/window/ipc-contract.ts';
import { fail, type Result, succeed } from '../../../../src-shared/result.ts';
import type { SupportContactState } from '../../../../src-shared/support/support-contact.ts';
import { aboutConsole } from '../../../fakes/about-console.ts';
import { CommandsAtWork } from '../../../fakes/commands-at-work.ts';
import { diagnosticsScene, memoryDisk } from '../../../fakes/diagnostics-scene.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { MemoryLog } from '../../../fakes/memory-log.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { nastySign } from '../../../fakes/nasty-texts.ts';
import { shownState } from '../../../fakes/shown-state.ts';
import { until } from '../../../fakes/until.ts';

const work = await CommandsAtWork.create();
const log = `{"event":"x","stack":"a  b ${nastySign.replaceAll(/["\\\n\r]/g, '')}"}\nhttps://ü.example/x and more\n`;
const scene = { ...diagnosticsScene(work), disk: memoryDisk({ 'logs/console.log': log }) };

/** The handlers of a console whose parts answer, and do nothing. */
function handlersWith(parts: Partial<HelpHandlersDeps>) {
  const done = async () => succeed(null);
  const clock = new FakeClock();
  return helpHandlers({
    state: () => shownState(),
    about: async () => aboutConsole,
    openLogFolder: done,
    copy: done,
    supportContact: () => ({ state: 'none' }),
    openContact: async () => true,
    diagnostics: diagnosticsAtWork(),
    fileExport: { save: async () => succeed({ state: 'cancelled' }), showSaved: done },
    timeService: null,
    clock,
    timer: new HandTimer(clock),
    ...parts,
  });
}

function diagnosticsAtWork() {
  return new Diagnostics({
    collect: (run) => collectDiagnostics(scene, { ...run, timer: work.console.timer }),
    now: () => scene.now(),
    onFault: (thrown) => {
      throw thrown;
    },
    onChanged: () => {},
  });
}

/** The diagnostics of a fake console, and what the person saves. */
function atWork(outcome: Result<ExportOutcome> = succeed({ state: 'saved', fileName: 'd.zip', folder: '/' })) {
  const saved: ExportedFile[] = [];
  const diagnostics = diagnosticsAtWork();
  const fileExport: FileExport = {
    save: async (file) => {
      saved.push(file);
      return outcome;
    },
    showSaved: async () => succeed(null),
  };
  const handlers = handlersWith({ diagnostics, fileExport });
  return { diagnostics, handlers, saved };
}

async function collected(outcome?: Result<ExportOutcome>) {
  const console = atWork(outcome);
  await console.handlers['diagnostics.collect'](undefined);
  await until(() => console.diagnostics.view()?.state === 'collected');
  return console;
}

describe('the diagnostics in the window', () => {
  it('show exactly what is saved of each file, even after the cleaning for the page', async () => {
    const { diagnostics, handlers, saved } = await collected();
    await handlers['diagnostics.save'](undefined);
    const { content } = saved[0] ?? {};
    const zipped = unzipSync(content instanceof Uint8Array ? content : new Uint8Array());
    const view = diagnostics.view();
    const names = view?.state === 'collected' ? view.files.map(({ name }) => name) : [];
    expect(Object.keys(zipped)).toEqual(names);
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) {
      const read = await answerCall('diagnostics.read', { name }, handlers as IpcHandlers, new MemoryLog());
      const { lines } = (read.ok ? read.value : { lines: [] }) as DiagnosticsText;
      expect(lines.map((line) => `${line}\n`).join(''), name).toBe(new TextDecoder().decode(zipped[name]));
      expect(lines.length, name).toBeGreaterThan(0);
    }
  });

  it('are saved under a file name with the day', async () => {
    const { handlers, saved } = await collected();
    expect(await handlers['diagnostics.save'](undefined)).toMatchObject({ ok: true, value: { state: 'saved' } });
    expect(saved[0]?.suggestedName).toMatch(/^license-console-diagnostics-\d{4}-\d\d-\d\d\.zip$/);
  });

  it('have their own message if they cannot be saved', async () => {
    const { handlers } = await collected(fail('export_not_written', { facts: { reason: 'full' } }));
    expect(await handlers['diagnostics.save'](undefined)).toMatchObject({
      failure: { code: 'diagnostics_not_saved', facts: { reason: 'full' } },
    });
  });

  it('do not ask for a file name if there is nothing to save', async () => {
    const { handlers, saved } = atWork();
    expect(await handlers['diagnostics.save'](undefined)).toMatchObject({ ok: false });
    await handlers['diagnostics.end'](undefined);
    expect(saved).toEqual([]);
  });
});

describe('support.reach', () => {
  function setUp(support: SupportContactState, opens = true) {
    const opened: string[] = [];
    const openContact = async (address: string) => {
      opened.push(address);
      return opens;
    };
    return { opened, handlers: handlersWith({ supportContact: () => support, openContact }) };
  }

  const set: SupportContactState = { state: 'set', contact: { phone: '+1 555 0100' } };

  it('opens the address in the file of the administrator', async () => {
    const { opened, handlers } = setUp(set);
    expect(await handlers['support.reach']({ by: 'phone' })).toEqual(succeed(null));
    expect(opened).toEqual(['tel:+15550100']);
  });

  it.each<[string, SupportContactState, boolean, 'phone' | 'url']>([
    ['no program opened it', set, false, 'phone'],
    ['the contact has no such address', set, true, 'url'],
    ['there is no contact', { state: 'none' }, true, 'phone'],
  ])('fails with contact_not_opened: %s', async (_why, support, opens, by) => {
    const { handlers } = setUp(support, opens);
    expect(await handlers['support.reach']({ by })).toMatchObject({ failure: { code: 'contact_not_opened' } });
  });
});
