import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { app, session as sessions } from 'electron';
import { readText } from '../../files/read-file.ts';
import type { ProxyScript } from '../../preflight/preflight-scene.ts';

/** How long a program of the system, or the script's server, may take to answer. */
const timeoutMs = 10_000;
/** No settings of KDE are longer. */
const longestSettings = 256 * 1024;
/** Chromium does not read a longer script. */
const longestScript = 1024 * 1024;

export type Run = (program: string, ...args: readonly string[]) => Promise<string>;

/** How the system is asked. Each answers with an empty text if it does not know. */
interface AskedSystem {
  readonly run: Run;
  readonly read: (path: string) => string;
}

/** `named_by_network`: the network itself names the script (WPAD). Null if there is none, or if the system does not say. */
export type ScriptPlace = { readonly address: string } | 'named_by_network' | null;

/** The desktops whose settings Chromium reads by GSettings. Elsewhere on Linux it reads those of KDE, or the environment. */
const withGSettings = /gnome|cinnamon|unity|pantheon|deepin|ukui/i;

/** Where the proxy script (PAC) of this computer is, by the settings that Chromium reads. */
export async function scriptPlace(
  { run, read }: AskedSystem,
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ScriptPlace> {
  if (platform === 'linux') {
    const desktop = env['XDG_CURRENT_DESKTOP'] ?? '';
    if (withGSettings.test(desktop)) return placeInGSettings(run);
    if (desktop.split(':').includes('KDE')) return placeInKde(read, env);
    return env['auto_proxy'] === undefined ? null : placeOf(env['auto_proxy']);
  }
  if (platform === 'win32') return placeInRegistry(run, env);
  if (platform !== 'darwin') return null;
  const output = await run('/usr/sbin/scutil', '--proxy');
  if (/ProxyAutoConfigEnable\s*:\s*1/.test(output))
    return placeOf(/ProxyAutoConfigURLString\s*:\s*(\S+)/.exec(output)?.[1] ?? '');
  return /ProxyAutoDiscoveryEnable\s*:\s*1/.test(output) ? 'named_by_network' : null;
}

/** A script without an address is one that the network names. */
const placeOf = (address: string): ScriptPlace => (address === '' ? 'named_by_network' : { address });

async function placeInGSettings(run: Run): Promise<ScriptPlace> {
  const mode = await run('gsettings', 'get', 'org.gnome.system.proxy', 'mode');
  if (!mode.includes('auto')) return null;
  const address = await run('gsettings', 'get', 'org.gnome.system.proxy', 'autoconfig-url');
  return placeOf(address.trim().replace(/^'|'$/g, ''));
}

/** Which of the four flags of Internet Explorer means that the network is asked. They are the ninth byte of the value. */
const autoDetects = 8;

async function placeInRegistry(run: Run, env: NodeJS.ProcessEnv): Promise<ScriptPlace> {
  const reg = `${env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\reg.exe`;
  const key = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`;
  const script = await run(reg, 'query', key, '/v', 'AutoConfigURL');
  const [, address] = /AutoConfigURL\s+REG_SZ\s+(\S+)/.exec(script) ?? [];
  if (address !== undefined) return { address };
  const connections = await run(reg, 'query', String.raw`${key}\Connections`, '/v', 'DefaultConnectionSettings');
  const [, flags = ''] = /REG_BINARY\s+[\da-f]{16}([\da-f]{2})/i.exec(connections) ?? [];
  return (Number.parseInt(flags, 16) & autoDetects) === 0 ? null : 'named_by_network';
}

/** KDE's kinds of proxy settings, as its file has them: 1 is a proxy, 4 one in the environment. */
const kdeKinds = { script: '2', namedByNetwork: '3' };

function placeInKde(read: AskedSystem['read'], env: NodeJS.ProcessEnv): ScriptPlace {
  // Earlier versions keep the file elsewhere.
  if (!['5', '6'].includes(env['KDE_SESSION_VERSION'] ?? '')) return null;
  // Chromium does not ask for XDG_CONFIG_HOME.
  const own = join(env['HOME'] || homedir(), '.config');
  const ofSystem = (env['XDG_CONFIG_DIRS'] ?? '').split(':').filter((folder) => folder !== '');
  // The person's own file comes last, so its value wins.
  const settings = new Map(
    [own, ...ofSystem].toReversed().flatMap((folder) => kdeSettings(read(join(folder, 'kioslaverc')))),
  );
  const kind = settings.get('ProxyType');
  if (kind === kdeKinds.namedByNetwork) return 'named_by_network';
  return kind === kdeKinds.script ? placeOf(settings.get('Proxy Config Script') ?? '') : null;
}

/** The names and values of KDE's proxy settings. A name may have a mark such as `[$e]` behind it. */
function kdeSettings(text: string): readonly (readonly [string, string])[] {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => line.startsWith('[Proxy Settings]'));
  if (begin === -1) return [];
  const end = lines.findIndex((line, at) => at > begin && line.startsWith('['));
  return lines.slice(begin + 1, end === -1 ? undefined : end).flatMap((line) => {
    const [name = '', ...value] = line.split('=');
    return value.length === 0 ? [] : [[name.replace(/\[.*$/, '').trim(), value.join('=').trim()] as const];
  });
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
 * Loads the proxy script of this computer as Chromium does: directly, and none that is a file. Null if the system has none, or does not
 * say. Never rejects.
 */
export async function proxyScript(): Promise<ProxyScript | null> {
  const given = app.commandLine.getSwitchValue('proxy-pac-url');
  return scriptAt(given ? { address: given } : await scriptPlace({ run, read: readIfPossible }), load);
}

/** `loads` loads the text at an address, and rejects if it cannot. */
export async function scriptAt(
  place: ScriptPlace,
  loads: (address: string) => Promise<string>,
): Promise<ProxyScript | null> {
  if (place === null) return null;
  if (place === 'named_by_network') return { address: '', trouble: null, isUnseen: true };
  const { address } = place;
  if (/^(?:file:|\/|[a-z]:[\\/])/i.test(address)) return { address, trouble: 'in_a_file' };
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return { address, trouble: null, isUnseen: true };
  return { address, trouble: await loads(address).then(troubleOf, () => 'not_loaded' as const) };
}

async function load(address: string): Promise<string> {
  const session = sessions.fromPartition('proxy-script', { cache: false });
  await session.setProxy({ mode: 'direct' });
  const answer = await session.fetch(address, { signal: AbortSignal.timeout(timeoutMs), credentials: 'omit' });
  if (!answer.ok || Number(answer.headers.get('content-length')) > longestScript) throw new Error('no script');
  return (await answer.text()).slice(0, longestScript);
}

const run: Run = (program, ...args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: timeoutMs, windowsHide: true }, (error, stdout) => resolve(error ? '' : stdout));
  });

function readIfPossible(path: string): string {
  try {
    return readText(path, longestSettings);
  } catch {
    return '';
  }
}
