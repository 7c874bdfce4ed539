/** Starts the sandbox Authorization server alone: `tsx test/authorization-server/main.ts` with the options of `usage`. */
import { parseArgs } from 'node:util';
import { type AuthorizationServer, startAuthorizationServer } from './authorization-server.ts';
import { type DialectName, dialectNames, isDialectName } from './dialects.ts';
import { seedSignIns } from './records/seed-records.ts';

const usage = `Usage: authorization-server [--port N] [--control-port N] [--dialect=${dialectNames.join('|')}] [--json]`;

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    const server = await startAuthorizationServer(options);
    process.stdout.write(options.json ? `${JSON.stringify(announcement(server))}\n` : announcementWords(server));
    endOnSignal(server);
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n`);
    process.exitCode = 1;
  }
}

interface Options {
  readonly port: number;
  readonly controlPort: number;
  readonly dialect: DialectName;
  readonly json: boolean;
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string' },
        'control-port': { type: 'string' },
        dialect: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const port = Number(values.port ?? 0);
    const controlPort = Number(values['control-port'] ?? 0);
    const { dialect = 'sandbox', json = false } = values;
    if (!isPort(port) || !isPort(controlPort) || !isDialectName(dialect)) return undefined;
    return { port, controlPort, dialect, json };
  } catch {
    return undefined;
  }
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 65_535;
}

function announcement({ issuer, pagesUrl, controlUrl }: AuthorizationServer) {
  const signIns = seedSignIns.map(({ username, password }) => ({ username, password }));
  return { issuer, pagesUrl, controlUrl, signIns };
}

function announcementWords(server: AuthorizationServer): string {
  const signIns = seedSignIns.map(({ username, password }) => `${username} / ${password}`).join(' or ');
  return [
    'Sandbox Authorization server',
    `  Issuer    ${server.issuer}`,
    `  Pages     ${server.pagesUrl}`,
    `  Sign in   ${signIns}`,
    `  Control   ${server.controlUrl}`,
    'Ctrl+C ends it.',
    '',
  ].join('\n');
}

function endOnSignal(server: AuthorizationServer): void {
  const end = (): void => {
    void server.close();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program. Choose another one, or leave it out for a free one.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this account. Choose one above 1023.`;
  return `The sandbox Authorization server did not start: ${error.message}`;
}

await main();
