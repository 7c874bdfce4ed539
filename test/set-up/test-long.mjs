/** The whole of `npm test` with the full counts instead of the reduced ones; both print theirs. */
process.env.FLC_LONG = '1';
await import('./test.mjs');
