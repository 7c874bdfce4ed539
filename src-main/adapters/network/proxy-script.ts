import { execFile } from 'node:child_process';
import { Script } from 'node:vm';
import { app, session as sessions } from 'electron';
import type { ProxyScript } from '../../preflight/preflight-scene.ts';

/** How long a program of the system, or the script's server, may take to answer. */
const longestMs = 10_000;
/** Chromium does not read a longer script. */
const longestScript = 1024 * 1024;

export type Run = (program: string, ...args: readonly string[]) => Promise<string>;

/** The desktops whose settings Chromium reads by GSettings. On other Linux desktops it reads the environment. */
const withGSettings = /gnome|cinnamon|unity|pantheon|deepin|ukui/i;

/** The address of the proxy script (PAC) in the system's settings. Empty if there is none, or if the system does not report it. */
export async function scriptAddress(
  run: Run,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  if (platform === 'linux') {
    if (!withGSettings.test(env['XDG_CURRENT_DESKTOP'] ?? '')) return env['auto_proxy'] ?? '';
    const mode = await run('gsettings', 'get', 'org.gnome.system.proxy', 'mode');
    if (!mode.includes('auto')) return '';
    return (await run('gsettings', 'get', 'org.gnome.system.proxy', 'autoconfig-url')).trim().replace(/^'|'$/g, '');
  }
  if (platform === 'win32') {
    const reg = `${env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\reg.exe`;
    const key = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;
    return /AutoConfigURL\s+REG_SZ\s+(\S+)/.exec(await run(reg, 'query', key, '/v', 'AutoConfigURL'))?.[1] ?? '';
  }
  if (platform === 'darwin') {
    const said = await run('/usr/sbin/scutil', '--proxy');
    if (!/ProxyAutoConfigEnable\s*:\s*1/.test(said)) return '';
    return /ProxyAutoConfigURLString\s*:\s*(\S+)/.exec(said)?.[1] ?? '';
  }
  return '';
}

/** What is wrong with the text of a proxy script. The text is only read, never run. */
export function troubleOf(text: string): ProxyScript['trouble'] {
  return compiles(text) && /\bFindProxyForURL(Ex)?\b/.test(text) ? null : 'not_a_script';
}

function compiles(text: string): boolean {
  try {
    return new Script(text) instanceof Script;
  } catch {
    return false;
  }
}

/**
 * Loads the proxy script of this computer as Chromium does: directly. Null if the system has none that can be loaded by http. Never
 * rejects.
 */
export async function proxyScript(): Promise<ProxyScript | null> {
  const address = app.commandLine.getSwitchValue('proxy-pac-url') || (await scriptAddress(run));
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return null;
  return { address, trouble: await load(address).then(troubleOf, () => 'not_loaded' as const) };
}

async function load(address: string): Promise<string> {
  const session = sessions.fromPartition('proxy-script', { cache: false });
  await session.setProxy({ mode: 'direct' });
  const answer = await session.fetch(address, { signal: AbortSignal.timeout(longestMs), credentials: 'omit' });
  if (!answer.ok || Number(answer.headers.get('content-length')) > longestScript) throw new Error('no script');
  return (await answer.text()).slice(0, longestScript);
}

const run: Run = (program, ...args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: longestMs, windowsHide: true }, (error, stdout) => resolve(error ? '' : stdout));
  });
