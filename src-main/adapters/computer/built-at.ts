/** Set by the build: see electron.vite.config.ts. */
declare const flcBuiltAt: number | undefined;

/** When this program was built, in ms since the Unix epoch. 0 if it runs without a build, as in unit tests. */
export const builtAt: number = typeof flcBuiltAt === 'number' ? flcBuiltAt : 0;
