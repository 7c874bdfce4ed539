import { app, type WebContents } from 'electron';
import type { PageUse } from '../limits/page-health.ts';

/** The resources used by the main process and by all processes that draw pages, except that of the console's own window. */
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

/** Whether the page is empty, according to the page itself. A false answer only affects whether the page is shown. */
export async function isEmptyPage(contents: WebContents): Promise<boolean> {
  try {
    return (await contents.mainFrame.executeJavaScript(emptyPageQuestion)) === true;
  } catch {
    // The page is already gone.
    return false;
  }
}

/**
 * Whether every field of the page is still as it was loaded, according to the page itself. A person may fill in a field without a key or a
 * click, for example by a screen reader. False if the page does not answer.
 */
export async function isUntouched(contents: WebContents): Promise<boolean> {
  try {
    return (await contents.mainFrame.executeJavaScript(untouchedQuestion)) === true;
  } catch {
    return false;
  }
}

const untouchedQuestion = `(() => {
  const isAsItCame = (field) => {
    if (field.tagName !== 'SELECT') return field.value === field.defaultValue && !field.checked === !field.defaultChecked;
    const options = [...field.options];
    const isGiven = field.multiple || options.some((option) => option.defaultSelected);
    const first = isGiven ? -1 : options.findIndex((option) => !option.disabled);
    return options.every((option, index) => option.selected === (option.defaultSelected || index === first));
  };
  return [...document.querySelectorAll('input,select,textarea')].slice(0, 500).every(isAsItCame);
})()`;

/** A script: is there no text, nothing else to see or use, and nothing that leads to another page? */
const emptyPageQuestion = `(() => {
  const shown = document.body ?? document.documentElement;
  const used = 'script,meta[http-equiv=refresh i],img,svg,canvas,video,iframe,frame,object,embed,form,input,button,a[href]';
  return !shown || ((shown.innerText ?? shown.textContent).trim() === '' && document.querySelector(used) === null);
})()`;
