import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';

export interface OpenGallery {
  /** The gallery's page; a state is named by `?state=`. */
  readonly address: string;
  readonly browser: Browser;
  readonly close: () => Promise<void>;
}

/** Serves the gallery. Resolves to the address of its page, by which a state is named as `?state=`. */
export async function serveGallery(): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const server = await createServer({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    configFile: false,
    plugins: [react()],
    server: { port: 0 },
    logLevel: 'error',
    optimizeDeps: { include: ['react', 'react-dom/client', 'react-resizable-panels', 'uqr', 'zod/mini'] },
  });
  await server.listen();
  return {
    address: `${server.resolvedUrls?.local[0] ?? ''}test/gallery/index.html`,
    close: () => server.close(),
  };
}

/** Serves the gallery and starts a plain Chromium for it. */
export async function openGallery(): Promise<OpenGallery> {
  const { address, close } = await serveGallery();
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  return {
    address,
    browser,
    close: async () => {
      await browser.close();
      await close();
    },
  };
}
