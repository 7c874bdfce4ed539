/** The user name and realm with which the session signs in to its proxy. Each proxy has a new secret. */
export const proxyUser = 'pane';
export const proxyRealm = 'Authorization pane';

/** The proxy itself answers for this host, whose name nobody can register (RFC 6761 §6.4). */
export const helloHost = 'pane-proxy.invalid';

/** Proxy rules for a session that may connect to nothing: no program can listen on port 0. */
export const nowhere = { proxyRules: 'http://127.0.0.1:0', proxyBypassRules: '<-loopback>' };
