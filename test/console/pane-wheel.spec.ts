import { expect, test } from './console-test.ts';
import { ConsoleApp } from './console-app.ts';
import { html, LocalServer } from './local-server.ts';

let server: LocalServer;
let app: ConsoleApp;

test.beforeAll(async () => {
  server = await LocalServer.start((_request, response) => html(response, '<h1>Start page</h1>'));
  app = await ConsoleApp.launch({ issuer: server.origin });
  await expect((await app.pane()).getByRole('heading', { name: 'Start page' })).toBeVisible();
});

test.afterAll(async () => {
  await app.close();
  await server.close();
});

/** The zoom of the console's page and of the pane's page, in percent. */
const zooms = () =>
  app.electron.evaluate(({ webContents }) => {
    const percentOf = (scheme: RegExp) =>
      Math.round(
        100 *
          (webContents
            .getAllWebContents()
            .find((contents) => scheme.test(contents.getURL()))
            ?.getZoomFactor() ?? 0),
      );
    return { console: percentOf(/^fusion-console:/), pane: percentOf(/^http:/) };
  });

/** Turns the mouse wheel by one step over the console's page or that of the pane. */
async function turnWheel(
  over: 'fusion-console:' | 'http:',
  way: 'up' | 'down',
  held: readonly 'control'[],
): Promise<void> {
  await app.electron.evaluate(
    ({ webContents }, { scheme, ticks, modifiers }) => {
      const contents = webContents.getAllWebContents().find((candidate) => candidate.getURL().startsWith(scheme));
      const wheel = { type: 'mouseWheel', x: 40, y: 200, deltaX: 0, deltaY: ticks * 120 } as const;
      contents?.sendInputEvent({ ...wheel, wheelTicksX: 0, wheelTicksY: ticks, modifiers: [...modifiers] });
    },
    { scheme: over, ticks: way === 'up' ? 1 : -1, modifiers: held },
  );
}

for (const { over, turned } of [
  { over: 'http:', turned: { console: 100, pane: 110 } },
  { over: 'fusion-console:', turned: { console: 110, pane: 100 } },
] as const) {
  test(`@clerk Ctrl and the mouse wheel zoom the page that is below it by one step, and not the other: ${over}`, async () => {
    await turnWheel(over, 'up', ['control']);
    await expect.poll(zooms).toEqual(turned);
    // Without Ctrl the wheel scrolls. If it zoomed too, the next turn would not lead back to 100 %.
    await turnWheel(over, 'up', []);
    await turnWheel(over, 'down', ['control']);
    await expect.poll(zooms).toEqual({ console: 100, pane: 100 });
  });
}
