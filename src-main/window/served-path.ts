/** Only what the build makes: the page, and files of one folder with plain names. Everything else, traversal too, is refused. */
export function isServedPath(address: string): boolean {
  return (
    /^fusion-console:\/\/app\/(index\.html|assets\/[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(js|css|svg|png))$/.test(address) &&
    !address.includes('..')
  );
}
