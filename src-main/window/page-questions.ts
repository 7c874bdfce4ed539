import { app, type WebContents } from 'electron';
import type { PageUse } from './page-health.ts';

/** What the main process uses, and all processes that draw pages, except that of the console's own window. */
export function pageUse(consoleProcess: number): PageUse {
  const processes = app.getAppMetrics();
  const pages = processes.filter(({ type, pid }) => type === 'Tab' && pid !== consoleProcess);
  const main = processes.find(({ type }) => type === 'Browser');
  const { rss, heapTotal, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    atMs: performance.now(),
    pagesKb: pages.reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
    pagesMs: pages.reduce((sum, { cpu }) => sum + (cpu.cumulativeCPUUsage ?? 0) * 1000, 0),
    // Windows takes resident memory from an idle process and gives it back later. That would look like growth.
    mainKb: (main?.memory.privateBytes ?? rss / 1024) - (heapTotal + external) / 1024,
    mainMs: (user + system) / 1000,
  };
}

/** Is the page empty? The page itself answers. An untrue answer only decides whether the page is shown. */
export async function isEmptyPage(contents: WebContents): Promise<boolean> {
  try {
    return (await contents.mainFrame.executeJavaScript(emptyPageQuestion)) === true;
  } catch {
    // The page is gone already.
    return false;
  }
}

/** Is there no text, nothing else to see or to use, and nothing that leads on? */
const emptyPageQuestion = `(() => {
  const shown = document.body ?? document.documentElement;
  const used = 'script,meta[http-equiv=refresh i],img,svg,canvas,video,iframe,frame,object,embed,form,input,button,a[href]';
  return !shown || ((shown.innerText ?? shown.textContent).trim() === '' && document.querySelector(used) === null);
})()`;
