/** What a line is about. The guide for support lists the areas: `src-main/README.md`. */
export const logAreas = [
  'console',
  'server',
  'keychain',
  'files',
  'license',
  'local_api',
  'commands',
  'pane',
  'window',
  'notifications',
  'pairing',
] as const;
export type LogArea = (typeof logAreas)[number];

/**
 * What a line adds: `server` is the ID of a server profile, `code` a failure code, and the others are numbers, names and origins.
 * Never a secret, a User Code, a person's name, or text from outside that may hold one.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** How a step ended. `ok` decides its level and phase, and the rest are fields of its last line. */
export type StepEnd = LogFields & { readonly ok: boolean };

/** The log for support, one structured line for each call. Writing never throws and never waits. */
export interface Log {
  info(area: LogArea, event: string, fields?: LogFields): void;
  /** An expected failure: of the network, the keychain, a file. */
  warn(area: LogArea, event: string, fields?: LogFields): void;
  /** An unexpected failure: a thrown error, logged with its stack by the code that catches it. */
  error(area: LogArea, event: string, thrown: unknown, fields?: LogFields): void;
  /**
   * Runs a step that reaches outside. A line says that it starts, and another with the same `op` says how it ended and how long it
   * took. If `run` throws, that is logged as an error and thrown again.
   */
  step<T>(
    area: LogArea,
    event: string,
    fields: LogFields,
    run: () => Promise<T>,
    end: (value: T) => StepEnd,
  ): Promise<T>;
  /** Removes this text from every later line. For a short secret that has no shape of its own, such as a User Code. */
  conceal(secret: string): void;
}
