/** The sandbox Authorization server: a real OAuth server with pages for people and a control interface for tests. */
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
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
  /** The name in the issuer. Default: the host. */
  readonly name?: string | undefined;
  /** Default: a free port. */
  readonly port?: number | undefined;
  readonly controlPort?: number | undefined;
  /** PEM. If given, the server uses HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** A path in the issuer, for example `/tenant`. */
  readonly issuerPath?: string | undefined;
  /** The family of servers to imitate. Default: the sandbox's own dialect. */
  readonly dialect?: DialectName | undefined;
}

export interface AuthorizationServer {
  readonly issuer: string;
  /** The first page for a person. */
  readonly pagesUrl: string;
  /** `POST {controlUrl}/{operation}` with the JSON argument. */
  readonly controlUrl: string;
  readonly control: SandboxControl;
  /** Starts the server again on the same port, with its state intact. */
  start(): Promise<void>;
  /** Stops the server. The control interface keeps running. */
  stop(): Promise<void>;
  /** Stops the server and its control interface permanently. */
  close(): Promise<void>;
}

const loopback = '127.0.0.1';

export async function startAuthorizationServer(options: AuthorizationServerOptions = {}): Promise<AuthorizationServer> {
  const state = new SandboxState(dialects[options.dialect ?? 'sandbox']);
  const issuerPath = (options.issuerPath ?? '').replace(/^\/*(?=[^/])/, '/').replace(/\/+$/, '');
  let dispatch: RequestDispatch | undefined;
  const listener = new HttpListener({
    host: options.host ?? loopback,
    name: options.name,
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
