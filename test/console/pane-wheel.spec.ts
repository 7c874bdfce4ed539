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

/** Turns the mouse wheel by one step over the page of the pane. */
async function turnWheel(way: 'up' | 'down', held: readonly 'control'[]): Promise<void> {
  await app.electron.evaluate(
    ({ webContents }, { ticks, modifiers }) => {
      const contents = webContents.getAllWebContents().find((candidate) => candidate.getURL().startsWith('http:'));
      const wheel = { type: 'mouseWheel', x: 40, y: 200, deltaX: 0, deltaY: ticks * 120 } as const;
      contents?.sendInputEvent({ ...wheel, wheelTicksX: 0, wheelTicksY: ticks, modifiers: [...modifiers] });
    },
    { ticks: way === 'up' ? 1 : -1, modifiers: held },
  );
}

test('@clerk Ctrl and the mouse wheel over the pane zoom it by one step, and not the console', async () => {
  await turnWheel('up', ['control']);
  await expect.poll(zooms).toEqual({ console: 100, pane: 110 });
  // Without Ctrl the wheel scrolls. If it zoomed too, the next turn would not lead back to 100 %.
  await turnWheel('up', []);
  await turnWheel('down', ['control']);
  await expect.poll(zooms).toEqual({ console: 100, pane: 100 });
});
