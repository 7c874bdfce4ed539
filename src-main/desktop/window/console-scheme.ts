import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol, type ProtocolRequest, type ProtocolResponse, type Session } from 'electron';
import { isServedPath } from './served-path.ts';

/** The console serves its own pages from this scheme, not from file://. */
const consoleScheme = 'fusion-console';
export const consoleOrigin = `${consoleScheme}://app`;
export const consolePage = `${consoleOrigin}/index.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Call before the app is ready. Gives the scheme an origin, makes it secure, and enables the code cache for its scripts. */
export function declareConsoleScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: consoleScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/**
 * Serves the built pages. `makePage` puts the first paint and the snapshot into the document.
 * Uses the older API on purpose: `protocol.handle` makes Node load its whole fetch implementation before the first answer,
 * which takes a tenth of the time to the first paint.
 */
export function serveConsole(session: Session, folder: string, makePage: (document: string) => string): void {
  // Replaces the handler of an earlier window, because each window's page needs that window's snapshots.
  session.protocol.unregisterProtocol(consoleScheme);
  session.protocol.registerBufferProtocol(consoleScheme, (request, respond) => {
    void answer(request, folder, makePage).then(respond);
  });
}

async function answer(
  request: Pick<ProtocolRequest, 'url' | 'method'>,
  folder: string,
  makePage: (document: string) => string,
): Promise<ProtocolResponse> {
  if (request.method !== 'GET' || !isServedPath(request.url)) return notFound;
  const path = new URL(request.url).pathname;
  try {
    const body = await readFile(join(folder, path));
    const page = path === '/index.html' ? Buffer.from(makePage(body.toString('utf8'))) : body;
    return { data: page, headers: headersFor(path) };
  } catch {
    return notFound;
  }
}

const notFound: ProtocolResponse = { statusCode: 404, data: Buffer.alloc(0) };

function headersFor(path: string): Record<string, string> {
  return {
    'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': path === '/index.html' ? 'no-store' : 'max-age=31536000, immutable',
  };
}
