/** The target of a way out: a witness that counts what arrives there. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * The ways by which a page can make a browser connect to a host, each as a script. `t` is the target with its addresses,
 * `add` puts an element into the page and waits until it has loaded or failed.
 */
const inPage: Record<string, string> = {
  fetch: 'return fetch(t.http).catch(() => {})',
  'fetch no-cors': "return fetch(t.http, { mode: 'no-cors' }).catch(() => {})",
  'fetch by https': "return fetch(t.https, { mode: 'no-cors' }).catch(() => {})",
  'fetch POST': "return fetch(t.http, { method: 'POST', mode: 'no-cors', body: 'x' }).catch(() => {})",
  'fetch with a preflight': "return fetch(t.http, { method: 'PUT', headers: { 'x-y': 'z' } }).catch(() => {})",
  'fetch keepalive': "return fetch(t.http, { keepalive: true, mode: 'no-cors' }).catch(() => {})",
  'fetch of the private network':
    "return fetch(t.http, { targetAddressSpace: 'private', mode: 'no-cors' }).catch(() => {})",
  XMLHttpRequest: "const x = new XMLHttpRequest(); x.open('GET', t.http); x.send(); return ends(x, 'loadend')",
  'XMLHttpRequest with a password':
    "const x = new XMLHttpRequest(); x.open('GET', t.http, true, 'a', 'b'); x.send(); return ends(x, 'loadend')",
  sendBeacon: "navigator.sendBeacon(t.http, 'x')",
  EventSource: "const s = new EventSource(t.http); return ends(s, 'error').then(() => s.close())",
  WebSocket: "return ends(new WebSocket(t.ws), 'close')",
  'WebSocket by TLS': "return ends(new WebSocket(t.wss), 'close')",
  WebSocketStream: 'return new WebSocketStream(t.ws).opened.catch(() => {})',
  WebTransport: 'return new WebTransport(t.https).ready.catch(() => {})',
  'WebTransport with a hash of a certificate': `return new WebTransport(t.https, {
    serverCertificateHashes: [{ algorithm: 'sha-256', value: new Uint8Array(32) }] }).ready.catch(() => {})`,
  'RTCPeerConnection STUN': 'return gather([{ urls: `stun:${t.authority}` }])',
  'RTCPeerConnection TURN, UDP':
    "return gather([{ urls: `turn:${t.authority}?transport=udp`, username: 'a', credential: 'b' }])",
  'RTCPeerConnection TURN, TCP':
    "return gather([{ urls: `turn:${t.authority}?transport=tcp`, username: 'a', credential: 'b' }])",
  'RTCPeerConnection TURN, TLS':
    "return gather([{ urls: `turns:${t.authority}?transport=tcp`, username: 'a', credential: 'b' }])",
  'RTCPeerConnection candidate, UDP': "return candidate('udp', '')",
  'RTCPeerConnection candidate, TCP': "return candidate('tcp', ' tcptype passive')",
  img: "return add('img', { src: t.http })",
  'img srcset': "return add('img', { srcset: `${t.http} 1x` })",
  'picture source': "return html(`<picture><source srcset='${t.http}'><img></picture>`)",
  'input image': "return add('input', { type: 'image', src: t.http })",
  'body background': "document.body.setAttribute('background', t.http)",
  'svg image': "return html(`<svg><image href='${t.http}' /></svg>`)",
  'svg use': "return html(`<svg><use href='${t.http}#x' /></svg>`)",
  'svg feImage':
    "return html(`<svg><filter id=f><feImage href='${t.http}' /></filter><rect width=9 height=9 filter='url(#f)' /></svg>`)",
  script: "return add('script', { src: t.http })",
  'script module': "return add('script', { type: 'module', src: t.http })",
  'import()': 'return import(t.http).catch(() => {})',
  'import map': "return import('./never').catch(() => import(t.http)).catch(() => {})",
  stylesheet: "return add('link', { rel: 'stylesheet', href: t.http })",
  'CSS @import': "return add('style', {}, `@import url('${t.http}');`)",
  'CSS background': "return css(`background: url('${t.http}')`)",
  'CSS content': "return css(`content: url('${t.http}')`)",
  'CSS cursor': "return css(`cursor: url('${t.http}'), auto`)",
  'CSS mask': "return css(`mask-image: url('${t.http}')`)",
  'CSS border': "return css(`border: 2px solid; border-image: url('${t.http}') 1`)",
  'CSS list': "return css(`display: list-item; list-style-image: url('${t.http}')`)",
  'CSS font':
    "return html(`<style>@font-face { font-family: f; src: url('${t.http}') }</style><p style='font-family: f'>x</p>`)",
  FontFace: "return new FontFace('g', `url('${t.http}')`).load().catch(() => {})",
  video: "return add('video', { src: t.http, preload: 'auto' })",
  'video poster': "return add('video', { poster: t.http })",
  audio: "return add('audio', { src: t.http, preload: 'auto' })",
  'video source': "return html(`<video preload=auto><source src='${t.http}'></video>`)",
  'video track': `const v = document.createElement('video'); const k = document.createElement('track');
    k.src = t.http; k.default = true; v.append(k); document.body.append(v); k.track.mode = 'showing'; return ends(k, 'error')`,
  iframe: "return add('iframe', { src: t.http })",
  'iframe by https': "return add('iframe', { src: t.https })",
  'iframe sandboxed': "return add('iframe', { src: t.http, sandbox: 'allow-scripts' })",
  'iframe srcdoc': "return add('iframe', { srcdoc: `<img src='${t.http}'>` })",
  'iframe javascript': "return add('iframe', { src: `javascript:fetch('${t.http}')` })",
  object: "return add('object', { data: t.http })",
  embed: "return add('embed', { src: t.http })",
  'link prefetch': "return add('link', { rel: 'prefetch', href: t.http })",
  'link preconnect': "return add('link', { rel: 'preconnect', href: t.http })",
  'link preconnect by https': "return add('link', { rel: 'preconnect', href: t.https, crossorigin: '' })",
  'link dns-prefetch': "return add('link', { rel: 'dns-prefetch', href: t.http })",
  'link preload': "return add('link', { rel: 'preload', as: 'image', href: t.http })",
  'link modulepreload': "return add('link', { rel: 'modulepreload', href: t.http })",
  'link prerender': "return add('link', { rel: 'prerender', href: t.http })",
  'link icon': "return add('link', { rel: 'icon', href: t.http })",
  'link manifest': "return add('link', { rel: 'manifest', href: t.http })",
  'speculation rules, prefetch':
    "return add('script', { type: 'speculationrules' }, JSON.stringify({ prefetch: [{ source: 'list', urls: [t.http, t.https] }] }))",
  'speculation rules, prerender':
    "return add('script', { type: 'speculationrules' }, JSON.stringify({ prerender: [{ source: 'list', urls: [t.http] }] }))",
  'form in a frame': `return html(\`<iframe name=into></iframe><form method=post target=into action='\${t.http}'></form>\`)
    .then(() => document.querySelector('form[target=into]').submit())`,
  'ping of a link': `const a = document.createElement('a'); a.href = '#'; a.ping = t.http; document.body.append(a); a.click()`,
  attributionsrc: "return add('img', { attributionsrc: t.https })",
  PaymentRequest: `return Promise.resolve().then(() => new PaymentRequest([{ supportedMethods: t.https }],
    { total: { label: 'x', amount: { currency: 'EUR', value: '1' } } }).canMakePayment()).catch(() => {})`,
  FedCM: `return navigator.credentials.get({ identity: { providers: [{ configURL: t.https + '/f.json', clientId: 'x' }] } })
    .catch(() => {})`,
  fetchLater: 'return Promise.resolve().then(() => fetchLater(t.https, { activateAfter: 0 })).catch(() => {})',
  'WebAssembly streaming': "return WebAssembly.compileStreaming(fetch(t.http, { mode: 'no-cors' })).catch(() => {})",
  'audio worklet': 'return new AudioContext().audioWorklet.addModule(t.http).catch(() => {})',
  'paint worklet': 'return Promise.resolve().then(() => CSS.paintWorklet.addModule(t.http)).catch(() => {})',
  'dedicated worker': 'return worker(new Worker(blob(inWorker)))',
  'dedicated module worker': "return worker(new Worker(blob(inWorker), { type: 'module' }))",
  'shared worker': 'return worker(new SharedWorker(blob(inWorker)).port)',
  'service worker': `return navigator.serviceWorker.register('/service-worker.js').then(() => navigator.serviceWorker.ready)
    .then(({ active }) => new Promise((done) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = done;
      active.postMessage(t, [port2]); })).catch(() => {})`,
  XSLT: `return html('').then(() => add('iframe', { src: blob(
    \`<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="\${t.http}"?><x/>\`, 'text/xml') }))`,
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((status) => [
      `fetch redirected by ${status}`,
      `return fetch('/redirect?status=${status}&to=' + encodeURIComponent(t.http), { mode: 'no-cors' }).catch(() => {})`,
    ]),
  ),
  'img redirected': "return add('img', { src: '/redirect?to=' + encodeURIComponent(t.http) })",
  'script redirected': "return add('script', { src: '/redirect?to=' + encodeURIComponent(t.https) })",
  'iframe redirected': "return add('iframe', { src: '/redirect?to=' + encodeURIComponent(t.http) })",
  'EventSource redirected':
    "const s = new EventSource('/redirect?to=' + encodeURIComponent(t.http)); return ends(s, 'error').then(() => s.close())",
  'worker redirected': "return ends(new Worker('/redirect?to=' + encodeURIComponent(t.http)), 'error')",
  'iframe with meta refresh': "return add('iframe', { src: '/meta-refresh?to=' + encodeURIComponent(t.http) })",
  'iframe with a Refresh header': "return add('iframe', { src: '/refresh-header?to=' + encodeURIComponent(t.http) })",
  'iframe whose policy reports': "return add('iframe', { src: '/reports?to=' + encodeURIComponent(t.http) })",
  'iframe whose policy reports by https': "return add('iframe', { src: '/reports?to=' + encodeURIComponent(t.https) })",
  'iframe with Link headers': "return add('iframe', { src: '/link-header?to=' + encodeURIComponent(t.http) })",
  'iframe with an XSLT': "return add('iframe', { src: '/xslt?to=' + encodeURIComponent(t.http) })",
};

/** Ways that navigate the page away if they succeed. */
const navigating: Record<string, string> = {
  location: 'location.href = t.http',
  'location by https': 'location.href = t.https',
  'location.replace': 'location.replace(t.http)',
  'window.open': "window.open(t.http, '_blank')",
  'window.open by https': "window.open(t.https, 'named')",
  link: "const a = document.createElement('a'); a.href = t.http; document.body.append(a); a.click()",
  'link in a new tab':
    "const a = document.createElement('a'); a.href = t.http; a.target = '_blank'; document.body.append(a); a.click()",
  'download of a link':
    "const a = document.createElement('a'); a.href = t.http; a.download = 'x'; document.body.append(a); a.click()",
  'form GET': "const f = document.createElement('form'); f.action = t.http; document.body.append(f); f.submit()",
  'form POST':
    "const f = document.createElement('form'); f.action = t.http; f.method = 'post'; document.body.append(f); f.submit()",
  redirected: "location.href = '/redirect?to=' + encodeURIComponent(t.http)",
  'redirected to https': "location.href = '/redirect?to=' + encodeURIComponent(t.https)",
  'meta refresh': "location.href = '/meta-refresh?to=' + encodeURIComponent(t.http)",
  'Refresh header': "location.href = '/refresh-header?to=' + encodeURIComponent(t.http)",
};

/** The attempts of a worker of any kind. The page passes `t`. */
export const workerScript = `
  const limit = (promise) => Promise.race([Promise.resolve(promise).catch(() => {}), new Promise((done) => setTimeout(done, 2500))]);
  const ends = (thing, event) => new Promise((done) => thing.addEventListener(event, done));
  const tries = [
    (t) => fetch(t.http, { mode: 'no-cors' }),
    (t) => fetch(t.https, { mode: 'no-cors' }),
    (t) => { const x = new XMLHttpRequest(); x.open('GET', t.http); x.send(); return ends(x, 'loadend'); },
    (t) => ends(new WebSocket(t.ws), 'close'),
    (t) => ends(new WebSocket(t.wss), 'close'),
    (t) => ends(new EventSource(t.http), 'error'),
    (t) => new WebTransport(t.https).ready,
    (t) => import(t.http),
    (t) => importScripts(t.http),
    (t) => caches.open('x').then((cache) => cache.add(t.http)),
    (t) => ends(new Worker(URL.createObjectURL(new Blob(['fetch("' + t.http + '", { mode: "no-cors" }).catch(() => {}).then(() => postMessage(1))']))), 'message'),
  ];
  const run = (t) => Promise.all(tries.map((attempt) => limit(new Promise((done) => done(attempt(t))))));
  const answer = (port) => (event) => void run(event.data).then(() => port.postMessage('done'));
  self.onmessage = (event) => answer(event.ports[0] ?? self)(event);
  self.onconnect = (event) => { const [port] = event.ports; port.onmessage = answer(port); };
`;

const prelude = `
  const limit = (promise) => Promise.race([Promise.resolve(promise).catch(() => {}), new Promise((done) => setTimeout(done, 2500))]);
  const ends = (thing, event) => new Promise((done) => { thing.addEventListener(event, done); thing.addEventListener('error', done); });
  const add = (tag, attributes, text = '') => limit(new Promise((done) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    element.addEventListener('load', done);
    element.addEventListener('error', done);
    document.body.append(element);
  }));
  const html = async (markup) => document.body.insertAdjacentHTML('beforeend', markup);
  const css = (style) => html('<p style="' + style + '">x</p>');
  const blob = (text, type = 'text/javascript') => URL.createObjectURL(new Blob([text], { type }));
  const worker = (port) => new Promise((done) => { port.onmessage = done; port.postMessage(t); });
  const gather = async (iceServers) => {
    const peer = new RTCPeerConnection({ iceServers });
    peer.createDataChannel('x');
    await peer.setLocalDescription();
    await new Promise((done) => { peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && done(); });
    peer.close();
  };
  const candidate = async (transport, type) => {
    const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
    one.createDataChannel('x');
    await one.setLocalDescription();
    await other.setRemoteDescription(one.localDescription);
    await other.setLocalDescription();
    await one.setRemoteDescription(other.localDescription);
    const line = 'candidate:1 1 ' + transport + ' 2113937151 ' + t.host.replace(/[[\\]]/g, '') + ' ' + t.port + ' typ host' + type;
    await one.addIceCandidate({ candidate: line, sdpMid: '0', sdpMLineIndex: 0 });
    await new Promise((done) => { one.oniceconnectionstatechange = () => /failed|connected/.test(one.iceConnectionState) && done(); });
  };
`;

/** The page script that tries a way to these targets, with a time limit. */
function scriptFor(body: string, targets: readonly Target[]): string {
  const addresses = targets.map(({ host, port }) => {
    const authority = `${host}:${port}`;
    const to = (scheme: string) => `${scheme}://${authority}/`;
    return { host, port, authority, http: to('http'), https: to('https'), ws: to('ws'), wss: to('wss') };
  });
  return `Promise.all(${JSON.stringify(addresses)}.map(async (t) => {
    const inWorker = ${JSON.stringify(workerScript)};
    ${prelude}
    return limit((async () => { ${body} })());
  })).then(() => {})`;
}

export interface Way {
  readonly name: string;
  readonly navigates: boolean;
  readonly script: (targets: readonly Target[]) => string;
}

export const waysOut: readonly Way[] = [
  ...Object.entries(inPage).map(([name, body]) => ({ name, body, navigates: false })),
  ...Object.entries(navigating).map(([name, body]) => ({ name, body, navigates: true })),
].map(({ name, body, navigates }) => ({ name, navigates, script: (targets) => scriptFor(body, targets) }));
