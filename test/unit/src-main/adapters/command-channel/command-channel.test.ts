import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { channelProof } from '../../../../../src-main/adapters/command-channel/channel-proof.ts';
import {
  ChannelConnection,
  strangerLimitMs,
} from '../../../../../src-main/adapters/command-channel/channel-connection.ts';
import { runAtConsole } from '../../../../../src-main/adapters/command-channel/command-channel-client.ts';
import {
  type ChannelDocument,
  channelAddress,
  readChannelFile,
  removeChannelFile,
  writeChannelFile,
} from '../../../../../src-main/adapters/command-channel/command-channel-file.ts';
import { CommandChannel } from '../../../../../src-main/adapters/command-channel/command-channel-server.ts';
import type { Terminal } from '../../../../../src-main/ports/terminal.ts';
import { inputLimit } from '../../../../../src-main/adapters/command-channel/channel-messages.ts';
import { fail, succeed } from '../../../../../src-shared/result.ts';
import { MemoryTerminal } from '../../../../fakes/memory-terminal.ts';
import { until } from '../../../../fakes/until.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';
import { socketPath } from '../../../../fakes/socket-path.ts';

type Run = (words: readonly string[], terminal: Terminal) => Promise<number>;

/** Its address is a file in the folder, which mode bits restrict to this account. On Windows it is the name of a pipe. */
const onFiles = process.platform !== 'win32';
let folder: string;
let channel: CommandChannel;
let run: Run;
let mayRun: boolean;
let ran: number;
const sockets: Socket[] = [];

const document = () => readChannelFile(folder) as ChannelDocument;
const atConsole = (words: readonly string[], terminal = new MemoryTerminal()) =>
  runAtConsole(document(), words, terminal);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'command-channel-'));
  run = async () => 0;
  mayRun = true;
  ran = 0;
  channel = new CommandChannel(
    folder,
    { servedBy: 'console' },
    {
      run: (...command) => {
        ran += 1;
        return run(...command);
      },
      mayRun: () => mayRun,
    },
  );
  expect(await channel.keepOpen()).toEqual(succeed(null));
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await channel.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A client that has only the address. */
async function stranger(): Promise<{ readonly socket: Socket; readonly ended: () => Promise<void> }> {
  const socket = connect(document().address);
  sockets.push(socket);
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
  await once(socket, 'connect');
  const ended = () => {
    // Everything that was sent to it must be read before its end arrives.
    socket.resume();
    return closed;
  };
  return { socket, ended };
}

/** A client that has proved that it has the key. */
async function clientWithKey() {
  const { socket, ended } = await stranger();
  const [hello] = (await once(socket, 'data')) as [Buffer];
  const { nonce } = JSON.parse(hello.toString()) as { nonce: string };
  const own = 'n'.repeat(43);
  socket.write(`${JSON.stringify({ nonce: own, proof: channelProof(document().key, 'terminal', nonce, own) })}\n`);
  await once(socket, 'data');
  return { socket, ended };
}

describe('a command over the channel', () => {
  test('passes its words and columns, and returns both outputs and the exit code', async () => {
    run = async (words, terminal) => {
      terminal.write(`${words.join('|')} ${terminal.columns} ünïcode 店\n`);
      terminal.writeError('trouble\n');
      return 4;
    };
    const terminal = new MemoryTerminal();
    terminal.columns = 66;
    const { result } = await atConsole(['status', '', 'a b', 'ü'], terminal);
    expect(result).toEqual(succeed(4));
    expect(terminal.out).toBe('status||a b|ü 66 ünïcode 店\n');
    expect(terminal.err).toBe('trouble\n');
  });

  test('asks its questions and reads its files at the terminal', async () => {
    run = async (_words, terminal) => {
      const answers = [
        await terminal.ask('sure? '),
        await terminal.read('standard_input'),
        await terminal.read({ file: 'f' }),
      ];
      terminal.write(JSON.stringify(answers.map((answer) => (answer.ok ? answer.value : answer.failure.code))));
      return 0;
    };
    const terminal = new MemoryTerminal();
    terminal.typed = 'yes';
    terminal.input = fail('command_malformed', { detail: 'not there' });
    await atConsole(['remove'], terminal);
    expect(terminal.out).toBe('["yes","command_malformed","command_malformed"]');
    expect(terminal.asked).toEqual(['sure? ']);
    expect(terminal.sources).toEqual(['standard_input', { file: 'f' }]);
  });

  test('looks for a file and saves one at the terminal, of any bytes and up to 5 MB', async () => {
    const bytes = Uint8Array.from({ length: 5_000_000 }, (_byte, nth) => nth % 251);
    run = async (_words, terminal) => {
      const before = await terminal.isThere('d.zip');
      const saved = await terminal.save('d.zip', bytes, false);
      const after = await terminal.isThere('d.zip');
      const again = await terminal.save('d.zip', bytes, false);
      const failed = again.ok ? '' : again.failure.code;
      terminal.write(JSON.stringify([before.ok && before.value, saved.ok, after.ok && after.value, failed]));
      return 0;
    };
    const terminal = new MemoryTerminal();
    expect((await atConsole(['diagnose'], terminal)).result).toEqual(succeed(0));
    expect(terminal.out).toBe('[false,true,true,"file_exists"]');
    expect(Buffer.from(terminal.files.get('d.zip') ?? []).equals(Buffer.from(bytes))).toBe(true);
  });

  test('gets the reason if a file cannot be saved', async () => {
    run = async (_words, terminal) => {
      const saved = await terminal.save('d.zip', new Uint8Array(3), false);
      terminal.write(saved.ok ? '' : JSON.stringify(saved.failure));
      return 0;
    };
    const terminal = new MemoryTerminal();
    terminal.saveFailure = fail('export_not_written', { facts: { reason: 'full' } });
    await atConsole(['diagnose'], terminal);
    expect(JSON.parse(terminal.out)).toMatchObject({ code: 'export_not_written', facts: { reason: 'full' } });
  });

  test.each([
    ['controls', '\u0001'],
    ['bytes that are no UTF-8', '\uFFFD'],
    ['letters', 'x'],
  ])('gets the longest allowed input of %s in full', async (_name, sign) => {
    run = async (_words, terminal) => {
      const read = await terminal.read('standard_input');
      return read.ok && read.value.length === inputLimit ? 7 : 1;
    };
    const terminal = new MemoryTerminal();
    terminal.input = succeed(sign.repeat(inputLimit));
    expect((await atConsole(['verify'], terminal)).result).toEqual(succeed(7));
  });

  test('gets the failure if a file cannot be read, also if its name is long', async () => {
    run = async (_words, terminal) => {
      const read = await terminal.read({ file: 'f' });
      return !read.ok && read.failure.code === 'command_malformed' ? 7 : 1;
    };
    const terminal = new MemoryTerminal();
    terminal.input = fail('command_malformed', { detail: `ENAMETOOLONG: name too long, open '${'x'.repeat(3_000)}'` });
    expect((await atConsole(['verify'], terminal)).result).toEqual(succeed(7));
  });

  test('can write 20,000 lines without losing any', async () => {
    run = async (_words, terminal) => {
      for (let line = 0; line < 20_000; line += 1) terminal.write(`${line} ${'x'.repeat(40)}\n`);
      return 0;
    };
    const terminal = new MemoryTerminal();
    await atConsole(['history'], terminal);
    expect(terminal.out.split('\n')).toHaveLength(20_001);
  });

  test('is cancelled from the terminal, and returns its exit code', async () => {
    run = (_words, terminal) =>
      new Promise((resolve) => terminal.cancelled.addEventListener('abort', () => resolve(130), { once: true }));
    const terminal = new MemoryTerminal();
    const running = atConsole(['acquire'], terminal);
    await until(() => ran === 1, 'the command');
    terminal.cancel();
    expect((await running).result).toEqual(succeed(130));
  });

  test('is cancelled if the terminal disconnects', async () => {
    let wasCancelled = false;
    run = (_words, terminal) =>
      new Promise((resolve) =>
        terminal.cancelled.addEventListener('abort', () => {
          wasCancelled = true;
          resolve(130);
        }),
      );
    const { socket } = await clientWithKey();
    socket.write(`${JSON.stringify({ words: ['acquire'], columns: 80, isLive: false, hasColours: false })}\n`);
    await until(() => ran === 1, 'the command');
    socket.destroy();
    await until(() => wasCancelled, 'that it is cancelled');
  });

  test('is cancelled when the console closes the channel, and returns its exit code', async () => {
    run = (_words, terminal) =>
      new Promise((resolve) => terminal.cancelled.addEventListener('abort', () => resolve(130), { once: true }));
    const running = atConsole(['acquire']);
    await until(() => ran === 1, 'the command');
    await channel.close();
    expect((await running).result).toEqual(succeed(130));
    expect(readChannelFile(folder)).toBeNull();
  });

  test('reports console_ended if the console dies while the command runs', async () => {
    const dying = createServer((socket) => {
      const dies = () => {
        connection.drop();
        return new Promise<number>(() => {});
      };
      const connection = new ChannelConnection(socket, document().key, { run: dies, mayRun: () => true }, () => {});
    });
    const address = socketPath(folder, 'dying.sock');
    await new Promise<void>((resolve) => void dying.listen(address, resolve));
    const { result, begun } = await runAtConsole({ ...document(), address }, ['acquire'], new MemoryTerminal());
    dying.close();
    expect({ code: result.ok || result.failure.code, begun }).toEqual({ code: 'console_ended', begun: true });
  });

  test('ends with exit code 1 if it throws', async () => {
    run = () => Promise.reject(new Error('a fault of its own'));
    expect((await atConsole(['status'])).result).toEqual(succeed(1));
  });

  test('has not begun if the console may not run it now, so the terminal can try again', async () => {
    mayRun = false;
    const { result, begun } = await atConsole(['acquire']);
    expect({ code: result.ok || result.failure.code, begun, ran }).toEqual({
      code: 'console_not_answering',
      begun: false,
      ran: 0,
    });
  });

  test('can run 20 times at once', async () => {
    run = async (words, terminal) => {
      terminal.write(words.join());
      return 0;
    };
    const terminals = Array.from({ length: 20 }, () => new MemoryTerminal());
    const ends = await Promise.all(terminals.map((terminal, place) => atConsole([`${place}`], terminal)));
    expect(ends.every(({ result }) => result.ok)).toBe(true);
    expect(terminals.map(({ out }) => out)).toEqual(terminals.map((_terminal, place) => `${place}`));
  });
});

describe('the protection of the channel', () => {
  test('only this account can use the file and the socket', () => {
    for (const path of onFiles ? [join(folder, 'command-channel.json'), document().address] : [])
      expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Buffer.from(document().key, 'base64url')).toHaveLength(32);
  });

  test('a terminal with another key cannot run a command', async () => {
    const { result, begun } = await runAtConsole(
      { ...document(), key: 'k'.repeat(43) },
      ['status'],
      new MemoryTerminal(),
    );
    expect({ ok: result.ok, begun, ran }).toEqual({ ok: false, begun: false, ran: 0 });
  });

  const proofs: readonly [string, (nonce: string) => unknown][] = [
    ['no proof', () => ({ nonce: 'n'.repeat(43) })],
    ['an empty proof', () => ({ nonce: 'n'.repeat(43), proof: '' })],
    ['the console’s own nonce as the proof', (nonce) => ({ nonce, proof: nonce })],
    [
      'the proof of the other end',
      (nonce) => ({ nonce, proof: channelProof(document().key, 'console', nonce, nonce) }),
    ],
    [
      'the proof for another nonce',
      (nonce) => ({ nonce, proof: channelProof(document().key, 'terminal', nonce, 'x') }),
    ],
    ['a command at once', () => ({ words: ['remove', '--yes'], columns: 80, isLive: false, hasColours: false })],
    ['an array', () => []],
    ['null', () => null],
    ['a number', () => 7],
  ];
  test.each(proofs)('a wrong first message ends the connection and runs nothing: %s', async (_name, said) => {
    const { socket, ended } = await stranger();
    const [hello] = (await once(socket, 'data')) as [Buffer];
    const { nonce } = JSON.parse(hello.toString()) as { nonce: string };
    socket.write(`${JSON.stringify(said(nonce))}\n`);
    await ended();
    expect(ran).toBe(0);
  });

  test.each([
    ['no JSON', 'remove --yes\n'],
    ['half a JSON', '{"nonce":\n'],
    ['an empty line', '\n'],
    ['NUL bytes', '\0\0\0\n'],
    ['3 KiB without an end', 'x'.repeat(3_000)],
    ['a line of 3 KiB', `"${'x'.repeat(3_000)}"\n`],
    ['an HTTP request', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('any other text from a stranger ends the connection and runs nothing: %s', async (_name, text) => {
    const { socket, ended } = await stranger();
    socket.write(text);
    await ended();
    expect(ran).toBe(0);
  });

  test.each([
    ['no words', { columns: 80, isLive: false, hasColours: false }],
    ['a word that is not text', { words: [1], columns: 80, isLive: false, hasColours: false }],
    ['300 words', { words: Array(300).fill('a'), columns: 80, isLive: false, hasColours: false }],
    ['no columns', { words: [], columns: 0, isLive: false, hasColours: false }],
    ['200 KiB', { words: ['x'.repeat(200 * 1024)], columns: 80, isLive: false, hasColours: false }],
  ])('a malformed command ends the connection and runs nothing, also with the key: %s', async (_name, said) => {
    const { socket, ended } = await clientWithKey();
    socket.write(`${JSON.stringify(said)}\n`);
    await ended();
    expect(ran).toBe(0);
  });

  test('an unexpected message during a command ends the connection and cancels the command', async () => {
    let wasCancelled = false;
    run = (_words, terminal) =>
      new Promise((resolve) =>
        terminal.cancelled.addEventListener('abort', () => {
          wasCancelled = true;
          resolve(130);
        }),
      );
    const { socket, ended } = await clientWithKey();
    socket.write(`${JSON.stringify({ words: ['acquire'], columns: 80, isLive: false, hasColours: false })}\n`);
    await until(() => ran === 1, 'the command');
    socket.write('{"typed":"not asked for"}\n{"run":"another"}\n');
    await ended();
    expect({ ran, wasCancelled }).toEqual({ ran: 1, wasCancelled: true });
  });

  test('silent connections are closed after a while, and others are served meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const silent = await Promise.all(Array.from({ length: 10 }, stranger));
      expect((await atConsole(['status'])).result).toEqual(succeed(0));
      await vi.advanceTimersByTimeAsync(strangerLimitMs + 1);
      vi.useRealTimers();
      await Promise.all(silent.map(({ ended }) => ended()));
    } finally {
      vi.useRealTimers();
    }
    expect((await atConsole(['status'])).result).toEqual(succeed(0));
  });

  test('most of 100 connections are refused, and commands work again afterwards', async () => {
    const many = await Promise.all(Array.from({ length: 100 }, stranger));
    let open = many.length;
    for (const { ended } of many) void ended().then(() => (open -= 1));
    await until(() => open <= 32, 'that most are turned away');
    for (const { socket } of many) socket.destroy();
    await Promise.all(many.map(({ ended }) => ended()));
    await until(() => true);
    let served = await atConsole(['status']);
    for (let tries = 0; !served.result.ok && tries < 50; tries += 1) served = await atConsole(['status']);
    expect(served.result).toEqual(succeed(0));
  });
});

describe('the file and the address of the channel', () => {
  test('a new channel replaces the file of an older one', async () => {
    const left = document();
    const again = new CommandChannel(folder, { servedBy: 'command' }, { run: async () => 7, mayRun: () => true });
    expect(await again.keepOpen()).toEqual(succeed(null));
    expect(document().key).not.toBe(left.key);
    expect((await atConsole(['status'])).result).toEqual(succeed(7));
    removeChannelFile(folder, left);
    expect(readChannelFile(folder)).not.toBeNull();
    await again.close();
  });

  test('a channel that is about to end has no file, and the command that runs there goes on', async () => {
    let end: (exitCode: number) => void = () => {};
    run = () => new Promise((resolve) => (end = resolve));
    const running = atConsole(['acquire']);
    await until(() => ran === 1);
    channel.leave();
    expect(readChannelFile(folder)).toBeNull();
    end(4);
    expect((await running).result).toEqual(succeed(4));
  });

  test('a process that listens and says nothing is silent; one that is gone or says something else is not', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const address = socketPath(folder, 'silent.sock');
    let heard = '';
    const connected: Socket[] = [];
    const hung = createServer((socket) => void (connected.push(socket), socket.write(heard)));
    await new Promise<void>((resolve) => hung.listen(address, resolve));
    const ask = () => runAtConsole({ ...document(), address }, ['status'], new MemoryTerminal());
    const waiting = ask();
    await until(() => connected.length === 1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await waiting).toMatchObject({ begun: false, isSilent: true, result: { ok: false } });
    heard = 'no console\n';
    expect(await ask()).toMatchObject({ begun: false, isSilent: false });
    vi.useRealTimers();
    for (const socket of connected) socket.destroy();
    await new Promise<unknown>((resolve) => hung.close(resolve));
    expect(await ask()).toMatchObject({ begun: false, isSilent: false });
  });

  test('a command at a closed channel reports console_not_answering and has not begun', async () => {
    const gone = document();
    await channel.close();
    const { result, begun } = await runAtConsole(gone, ['status'], new MemoryTerminal());
    expect({ code: result.ok || result.failure.code, begun }).toEqual({ code: 'console_not_answering', begun: false });
  });

  test('a program that took over the address learns neither the command nor the key', async () => {
    const heard: string[] = [];
    const address = socketPath(folder, 'impostor.sock');
    const impostor = createServer((socket) => {
      socket.on('data', (chunk) => heard.push(chunk.toString()));
      socket.write(
        `${JSON.stringify({ version: 1, nonce: 'n'.repeat(43) })}\n${JSON.stringify({ proof: 'p'.repeat(43) })}\n`,
      );
    });
    await new Promise<void>((resolve) => impostor.listen(address, resolve));
    const { result } = await runAtConsole({ ...document(), address }, ['verify', 'secret-word'], new MemoryTerminal());
    expect(result.ok).toBe(false);
    expect(heard.join()).not.toContain('secret-word');
    expect(heard.join()).not.toContain(document().key);
    impostor.close();
  });

  test.each(['', '{', 'null', '[]', '{"version":2}', '{"version":1,"address":7}'])(
    'a file with the content %j does not count as a channel',
    (text) => {
      writeFileSync(join(folder, 'command-channel.json'), text);
      expect(readChannelFile(folder)).toBeNull();
    },
  );

  test('the channel fails to open in a missing folder, and opens once the folder exists', async () => {
    const missing = join(folder, 'missing');
    const other = new CommandChannel(missing, { servedBy: 'console' }, { run, mayRun: () => true });
    expect(await other.keepOpen()).toMatchObject({ ok: false, failure: { code: 'console_not_answering' } });
    mkdirSync(missing);
    expect(await other.keepOpen()).toEqual(succeed(null));
    expect(readChannelFile(missing)).not.toBeNull();
    await other.close();
  });

  const parts = onFiles ? ['command-channel.json', 'command-channel.sock'] : ['command-channel.json'];
  test.each(parts)('%s is created again after it was removed', async (name) => {
    rmSync(join(folder, name));
    expect(await channel.keepOpen()).toEqual(succeed(null));
    expect((await atConsole(['status'])).result).toEqual(succeed(0));
  });

  test('an open channel stays as it is, and a running command survives a new file', async () => {
    const before = statSync(join(folder, 'command-channel.json')).ino;
    const { address } = document();
    await channel.keepOpen();
    expect(statSync(join(folder, 'command-channel.json')).ino).toBe(before);
    expect(document().address).toBe(address);
    let end: (exitCode: number) => void = () => {};
    run = () => new Promise((resolve) => (end = resolve));
    const running = atConsole(['acquire']);
    await until(() => ran === 1, 'the command');
    rmSync(join(folder, 'command-channel.json'));
    await channel.keepOpen();
    end(4);
    expect((await running).result).toEqual(succeed(4));
  });

  test('the channel opens once its file can be written', async () => {
    const taken = join(folder, 'taken');
    mkdirSync(join(taken, 'command-channel.json', 'in the way'), { recursive: true });
    const other = new CommandChannel(taken, { servedBy: 'console' }, { run, mayRun: () => true });
    expect((await other.keepOpen()).ok).toBe(false);
    expect(readdirSync(taken)).toEqual(['command-channel.json', ...(onFiles ? ['command-channel.sock'] : [])]);
    rmSync(join(taken, 'command-channel.json'), { recursive: true });
    expect(await other.keepOpen()).toEqual(succeed(null));
    const { address } = readChannelFile(taken) as ChannelDocument;
    if (onFiles) expect(address).toBe(join(taken, 'command-channel.sock'));
    await other.close();
  });

  test('pipes on Windows have unpredictable names', () => {
    const names = new Set(Array.from({ length: 20 }, () => channelAddress(folder, 'win32')));
    expect(names.size).toBe(20);
    for (const name of names) expect(name).toMatch(/^\\\\\.\\pipe\\fusion-license-console-commands-[0-9a-f]{32}$/);
  });

  test('the file replaces an older one that other accounts could read', async () => {
    const path = join(folder, 'command-channel.json');
    writeFileSync(path, '{}');
    chmodSync(path, 0o644);
    await writeChannelFile(folder, { version: 1, address: 'a', key: 'k'.repeat(43), pid: 1, servedBy: 'command' });
    if (onFiles) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ servedBy: 'command' });
  });
});

describe('a path that is too long for a socket', notOnWindows('socketFile'), () => {
  let deep: string;
  let session: string;
  const open = async () => {
    const opened = new CommandChannel(deep, { servedBy: 'console' }, { run: async () => 9, mayRun: () => true });
    expect(await opened.keepOpen()).toEqual(succeed(null));
    return { close: () => opened.close(), document: readChannelFile(deep) as ChannelDocument };
  };

  beforeEach(() => {
    deep = join(folder, 'x'.repeat(80), 'y'.repeat(40));
    session = join(folder, 'session');
    mkdirSync(deep, { recursive: true });
    mkdirSync(session);
    vi.stubEnv('XDG_RUNTIME_DIR', session);
  });
  afterEach(() => vi.unstubAllEnvs());

  test("leads to a private folder in the session's folder, which is removed at the end", async () => {
    const { document: found, close } = await open();
    const own = dirname(found.address);
    expect(dirname(own)).toBe(session);
    expect(statSync(own).mode & 0o777).toBe(0o700);
    expect((await runAtConsole(found, ['status'], new MemoryTerminal())).result).toEqual(succeed(9));
    await close();
    expect(readdirSync(session)).toEqual([]);
  });

  test('leaves one folder after three killed processes, and the next orderly end removes it', async () => {
    for (let killed = 0; killed < 3; killed += 1) expect(runAndDie(deep, session)).toBe('SIGKILL');
    expect(readdirSync(session)).toHaveLength(1);
    const { document: found, close } = await open();
    expect(dirname(found.address)).toBe(join(session, readdirSync(session)[0] ?? ''));
    expect((await runAtConsole(found, ['status'], new MemoryTerminal())).result).toEqual(succeed(9));
    await close();
    expect(readdirSync(session)).toEqual([]);
  });

  test('leads to a separate folder for each profile', async () => {
    const first = await open();
    deep = join(folder, 'z'.repeat(80), 'y'.repeat(40));
    mkdirSync(deep, { recursive: true });
    const second = await open();
    await second.close();
    expect((await runAtConsole(first.document, ['status'], new MemoryTerminal())).result).toEqual(succeed(9));
    await first.close();
    expect(readdirSync(session)).toEqual([]);
  });

  test.each(['a link to elsewhere', 'a folder that is open to all'])(
    'leads to another folder if %s has taken its place',
    async (kind) => {
      const { document: found, close } = await open();
      await close();
      const elsewhere = join(folder, 'elsewhere');
      const own = dirname(found.address);
      mkdirSync(elsewhere);
      if (kind === 'a link to elsewhere') symlinkSync(elsewhere, own);
      else mkdirSync(own);
      if (kind !== 'a link to elsewhere') chmodSync(own, 0o777);
      writeFileSync(join(own, 'c.sock'), 'of somebody else');
      const again = await open();
      const made = dirname(again.document.address);
      expect(made).not.toBe(own);
      expect((await runAtConsole(again.document, ['status'], new MemoryTerminal())).result).toEqual(succeed(9));
      await again.close();
      expect(readFileSync(join(own, 'c.sock'), 'utf8')).toBe('of somebody else');
      expect(existsSync(made)).toBe(false);
    },
  );

  test('leaves other files in its folder in place', async () => {
    const { document: found, close } = await open();
    const beside = join(dirname(found.address), 'of another');
    writeFileSync(beside, 'x');
    await close();
    expect(readFileSync(beside, 'utf8')).toBe('x');
  });
});

/** A run in a separate process that opens the channel and dies at once, as by kill -9. Returns how it ended. */
function runAndDie(profile: string, session: string): NodeJS.Signals | null {
  const channelModule = new URL(
    '../../../../../src-main/adapters/command-channel/command-channel-server.ts',
    import.meta.url,
  );
  const script = `
    const { CommandChannel } = await import(${JSON.stringify(channelModule.href)});
    const opened = await new CommandChannel(${JSON.stringify(profile)}, { servedBy: 'console' }, {}).keepOpen();
    if (opened.ok) process.kill(process.pid, 'SIGKILL');
  `;
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { ...process.env, XDG_RUNTIME_DIR: session },
  }).signal;
}
