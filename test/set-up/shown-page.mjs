import { createInterface } from 'node:readline';

const limitMs = 60_000;
const lastLinesKept = 20;

/**
 * Waits until a console that was started with `--remote-debugging-port=0` shows its Manage License page. If the console ends or
 * the page does not appear, rejects with the console's last output.
 * @param {import('node:child_process').ChildProcess} consoleProcess
 */
export async function shownPage(consoleProcess) {
  const lines = [];
  const address = debuggerAddress(consoleProcess, lines);
  try {
    await withLimit(address.then(pageAt));
  } catch (error) {
    throw new Error(`The Manage License page did not open: ${error.message}\n${lines.join('\n')}`, { cause: error });
  }
}

/** Finds the debugger's address in stderr. Keeps reading stderr afterwards, so that a full pipe never blocks the console. */
function debuggerAddress(consoleProcess, lines) {
  return new Promise((resolve, reject) => {
    createInterface({ input: consoleProcess.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > lastLinesKept) lines.shift();
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
    consoleProcess.once('error', reject);
    consoleProcess.once('close', (code) => reject(new Error(`the console ended (${code})`)));
  });
}

async function pageAt(address) {
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.connectOverCDP(address);
  try {
    const page = await consolePage(browser);
    await page.getByRole('heading', { name: 'Manage License' }).waitFor({ timeout: limitMs });
  } finally {
    await browser.close();
  }
}

/** Waits for the console's page, because the window opens some time after the debugger listens. */
async function consolePage(browser) {
  for (;;) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    const found = pages.find((page) => page.url().startsWith('fusion-console:'));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function withLimit(work) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`it took longer than ${limitMs / 1000} s`)), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}
