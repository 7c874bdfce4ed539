/** Whether the address is a file of the build: the page, or a file with a plain name in `assets`. Refuses path traversal. */
export function isServedPath(address: string): boolean {
  return (
    /^fusion-console:\/\/app\/(index\.html|assets\/[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(js|css|svg|png))$/.test(address) &&
    !address.includes('..')
  );
}
