/** Events for support. A field is an error code, a number or an address without query. It is never a token, OAuth code or key. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, string | number | boolean | undefined>>): void;
  warn(event: string, fields?: Readonly<Record<string, string | number | boolean | undefined>>): void;
}
