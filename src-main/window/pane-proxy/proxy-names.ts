/** By which the pane's session and its proxy know each other. The secret is another for each proxy. */
export const proxyUser = 'pane';
export const proxyRealm = 'Authorization pane';

/** The proxy itself answers for this host, which nobody can have (RFC 6761 §6.4). */
export const helloHost = 'pane-proxy.invalid';

/** The rules of a session that may connect to nothing: nobody on this computer can listen at port 0. */
export const nowhere = { proxyRules: 'http://127.0.0.1:0', proxyBypassRules: '<-loopback>' };
