/** Opens an address in the person's own browser. Resolves to false where the address is not one that may be opened. */
export interface Browser {
  open(url: string, allowedHosts: readonly string[]): Promise<boolean>;
}
