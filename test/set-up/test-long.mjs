/** Runs all of `npm test` with full instead of reduced numbers of tries. Both print their numbers. */
process.env.FLC_LONG = '1';
await import('./test.mjs');
