/** The ways in which a page can flood the console. */
export const floods = [
  'window.open',
  'location',
  'hash',
  'pushState',
  'title',
  'favicon',
  'alert',
  'permission',
  'full screen',
  'refused requests',
  'download',
  'frames',
  'find',
  'console messages',
  'errors',
  'print',
  'blobs',
  'workers',
  'cookies',
  'channels',
] as const;

export type Flood = (typeof floods)[number];

/** Floods the console from within the page, with 300 calls per tick. */
export function flood({ way, lastsMs }: { way: Flood; lastsMs: number }): Promise<void> {
  const ways: Record<Flood, (count: number) => unknown> = {
    'window.open': (count) => window.open(`https://10.0.0.${count % 256}/`),
    location: (count) => (location.href = `https://10.0.1.${count % 256}/`),
    hash: (count) => (location.hash = String(count)),
    pushState: (count) => history.pushState(null, '', `/?${count}`),
    title: (count) => (document.title = `${count}`.repeat(100)),
    favicon: (count) => {
      const link = document.createElement('link');
      link.rel = 'icon';
      link.href = `data:image/png;base64,${count}`;
      document.head.replaceChildren(link);
    },
    alert: () => alert('x'),
    permission: () => Notification.requestPermission(),
    'full screen': () => void document.documentElement.requestFullscreen().catch(() => {}),
    'refused requests': (count) => void fetch(`https://10.0.2.${count % 256}/`).catch(() => {}),
    download: (count) => {
      const link = document.createElement('a');
      link.href = `/${count}`;
      link.download = 'x.txt';
      link.click();
    },
    frames: (count) => {
      const frame = document.createElement('iframe');
      frame.src = `https://10.0.3.${count % 256}/`;
      document.body.replaceChildren(frame);
    },
    'console messages': (count) => console.log(count),
    errors: (count) => void Promise.reject(new Error(String(count))),
    print: () => print(),
    blobs: (count) => URL.createObjectURL(new Blob([String(count)])),
    workers: (count) => new Worker(URL.createObjectURL(new Blob([`postMessage(${count})`]))),
    cookies: (count) => (document.cookie = `x${count % 100}=${count}`),
    channels: (count) => new BroadcastChannel(String(count)).postMessage(count),
    find: () => (window as unknown as { find: (text: string) => void }).find('x'),
  };
  return new Promise((resolve) => {
    const endMs = performance.now() + lastsMs;
    let count = 0;
    const tick = () => {
      for (let each = 0; each < 300 && performance.now() < endMs; each += 1) {
        try {
          void ways[way]((count += 1));
        } catch {
          // Chromium itself refuses some of these calls after a while.
        }
      }
      if (performance.now() < endMs) setTimeout(tick);
      else resolve();
    };
    tick();
  });
}
