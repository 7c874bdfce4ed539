import { firstPaintMarkup } from '../../src-shared/window/first-paint.ts';
import { consoleStateOf } from './console-states.ts';
import { makeFakeBridge } from './fake-bridge.ts';

/** Shows one state of the console in a plain browser: `?state=licensed`; `&paint=first` stops at the first paint. */
const query = new URLSearchParams(location.search);
const name = query.get('state') ?? 'licensed';
const state = consoleStateOf(name);
const inlined = document.createElement('script');
inlined.type = 'application/json';
inlined.id = 'console-state';
inlined.textContent = JSON.stringify(state);
document.body.append(inlined);
Object.assign(window, { licenseConsole: makeFakeBridge(name, state) });
const root = document.getElementById('root');
if (root) root.innerHTML = firstPaintMarkup(state);
if (query.get('paint') !== 'first') await import('../../src-renderer/start.tsx');
