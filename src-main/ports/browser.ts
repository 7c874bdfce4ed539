/** Opens an address in the person's own browser. Resolves to false if the address may not be opened. */
export interface Browser {
  open(url: string, allowedHosts: readonly string[]): Promise<boolean>;
}
