import { app, type WebContents } from 'electron';

/** The memory of all processes that draw pages, in kilobytes, without the one that draws the console's own. */
export function memoryOfPages(consoleProcess: number): number {
  const pages = app.getAppMetrics().filter(({ type, pid }) => type === 'Tab' && pid !== consoleProcess);
  return pages.reduce((sum, { memory }) => sum + memory.workingSetSize, 0);
}

/** Whether the page is empty, as the page itself answers. A false answer only decides whether the page is shown. */
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
