import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol, type Session } from 'electron';
import { isServedPath } from './served-path.ts';

/** The console's own pages come from here, not from file://. */
export const consoleScheme = 'fusion-console';
export const consoleOrigin = `${consoleScheme}://app`;
export const consolePage = `${consoleOrigin}/index.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

export const contentSecurityPolicy = [
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

/** Before the app is ready: the scheme has an origin, is secure, and its scripts are compiled once. */
export function declareConsoleScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: consoleScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Serves the built pages; `page` puts the first paint and the snapshot into the document. */
export function serveConsole(session: Session, folder: string, page: (document: string) => string): void {
  session.protocol.handle(consoleScheme, async (request) => {
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.host !== 'app' || !isServedPath(request.url))
      return new Response(null, { status: 404 });
    try {
      const body = await readFile(join(folder, url.pathname));
      const html = url.pathname === '/index.html';
      return new Response(html ? page(body.toString('utf8')) : body, { headers: headersFor(url.pathname) });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

function headersFor(path: string): Record<string, string> {
  return {
    'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': path === '/index.html' ? 'no-store' : 'max-age=31536000, immutable',
  };
}
