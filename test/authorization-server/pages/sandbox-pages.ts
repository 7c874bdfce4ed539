/** The pages that a person uses: server-rendered, without any script. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DeviceCodeDecisions } from '../oauth/device-code-decisions.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { html } from './html.ts';
import { pageLayout } from './page-layout.ts';
import { findPage, notFoundPage } from './page-routes.ts';
import { PageSessions } from './page-sessions.ts';
import { pageStyle } from './page-style.ts';
import type { PageAnswer, PageVisit } from './page-visit.ts';

const bodyLimit = 64 * 1024;

const securityHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

export class SandboxPages {
  readonly #state: SandboxState;
  readonly #decisions: DeviceCodeDecisions;
  readonly #basePath: string;
  readonly #sessions: PageSessions;

  constructor(state: SandboxState, decisions: DeviceCodeDecisions, options: { basePath: string; secure: boolean }) {
    this.#state = state;
    this.#decisions = decisions;
    this.#basePath = options.basePath;
    const { hasAntiforgeryCookies } = state.dialect;
    this.#sessions = new PageSessions({ ...options, hasAntiforgeryCookies });
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://pages');
    if (url.pathname === '/assets/pages.css') {
      response
        .writeHead(200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'max-age=300' })
        .end(pageStyle);
      return;
    }
    const found = findPage(request.method ?? 'GET', url.pathname);
    const visit: PageVisit = {
      state: this.#state,
      decisions: this.#decisions,
      sessions: this.#sessions,
      session: this.#sessions.find(request.headers.cookie),
      isPost: request.method === 'POST',
      path: url.pathname,
      query: url.searchParams,
      form: new URLSearchParams(request.method === 'POST' ? await readForm(request) : ''),
      names: found?.names ?? {},
      href: (path) => this.#basePath + path,
    };
    const isForged =
      visit.isPost && !this.#sessions.isOwnForm(visit.session, visit.form.get('form-token'), request.headers.cookie);
    const answer = isForged ? outdatedFormPage(visit) : ((await found?.page(visit)) ?? notFoundPage());
    this.#send(visit, answer, response);
  }

  #send(visit: PageVisit, answer: PageAnswer, response: ServerResponse): void {
    response.setHeader('Set-Cookie', this.#sessions.cookies(visit.session));
    response.setHeader('Cache-Control', 'no-store');
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if ('redirect' in answer) {
      response.writeHead(303, { Location: visit.href(answer.redirect) }).end();
      return;
    }
    response.writeHead(answer.status ?? 200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(pageLayout(visit, answer));
  }
}

/** The form came from another site, or was left open while the server restarted. */
function outdatedFormPage(visit: PageVisit): PageAnswer {
  return {
    title: 'This form is out of date',
    status: 403,
    body: html`<p class="lead">Nothing was changed. Open the page again and repeat the entry.</p>
<p><a class="button" href="${visit.href('/organizations')}">Go to Organizations</a></p>`,
  };
}

async function readForm(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.length > bodyLimit) return '';
  }
  return text;
}
