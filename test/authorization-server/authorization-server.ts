/** The sandbox Authorization server: a real OAuth server with pages for people and a control for tests. */
import { SandboxControl } from './control/sandbox-control.ts';
import { answerControl } from './control/control-endpoint.ts';
import { type DialectName, dialects } from './dialects.ts';
import { HttpListener } from './http-listener.ts';
import { DeviceCodeDecisions } from './oauth/device-code-decisions.ts';
import { OAuthServer } from './oauth/oauth-server.ts';
import { SandboxPages } from './pages/sandbox-pages.ts';
import { RequestDispatch } from './request-dispatch.ts';
import { SandboxState } from './sandbox-state.ts';

export interface AuthorizationServerOptions {
  /** 127.0.0.1 unless given. */
  readonly host?: string | undefined;
  /** A free port unless given. */
  readonly port?: number | undefined;
  readonly controlPort?: number | undefined;
  /** PEM; with it the server speaks https. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** A path in the issuer, for example `/tenant`. */
  readonly issuerPath?: string | undefined;
  /** Which family it speaks like; its own way unless given. */
  readonly dialect?: DialectName | undefined;
}

export interface AuthorizationServer {
  readonly issuer: string;
  /** Where a person starts. */
  readonly pagesUrl: string;
  /** `POST {controlUrl}/{operation}` with the JSON argument. */
  readonly controlUrl: string;
  readonly control: SandboxControl;
  /** Takes the server up again on the same port, with everything it knew. */
  start(): Promise<void>;
  /** Takes the server down; the control stays up. */
  stop(): Promise<void>;
  /** Takes everything down for good. */
  close(): Promise<void>;
}

const loopback = '127.0.0.1';

export async function startAuthorizationServer(options: AuthorizationServerOptions = {}): Promise<AuthorizationServer> {
  const state = new SandboxState(dialects[options.dialect ?? 'sandbox']);
  const issuerPath = (options.issuerPath ?? '').replace(/^\/*(?=[^/])/, '/').replace(/\/+$/, '');
  let dispatch: RequestDispatch | undefined;
  const listener = new HttpListener({
    host: options.host ?? loopback,
    port: options.port ?? 0,
    tls: options.tls,
    handle: async (request, response) => {
      await dispatch?.handle(request, response);
    },
  });
  await listener.start();
  const issuer = listener.origin + issuerPath;
  const oauth = new OAuthServer(issuer, state);
  const decisions = new DeviceCodeDecisions(state, oauth);
  const pages = new SandboxPages(state, decisions, { basePath: issuerPath, secure: options.tls !== undefined });
  dispatch = new RequestDispatch(state, issuerPath, {
    oauth: (request, response) => oauth.handle(request, response),
    pages: (request, response) => pages.handle(request, response),
  });
  const control = new SandboxControl(state, oauth, decisions, listener);
  const controlListener = new HttpListener({
    host: loopback,
    port: options.controlPort ?? 0,
    handle: (request, response) => answerControl(control, request, response),
  });
  try {
    await controlListener.start();
  } catch (error) {
    await listener.stop();
    throw error;
  }
  return {
    issuer,
    pagesUrl: `${issuer}/`,
    controlUrl: controlListener.origin,
    control,
    start: () => listener.start(),
    stop: () => listener.stop(),
    close: async () => {
      await Promise.all([listener.stop(), controlListener.stop()]);
    },
  };
}
