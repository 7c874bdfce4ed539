const { runInThisContext } = require('node:vm');

/** Loaded before the console: evaluates in main the functions that come from outside (see unwatched-console.ts). */
process.on('message', ({ id, source, given }) => {
  Promise.resolve()
    .then(() => runInThisContext(`(${source})`)(require('electron'), given))
    .then(
      (value) => process.send({ id, value }),
      (thrown) => process.send({ id, thrown: String(thrown) }),
    );
});

// Whatever started the console has ended, with or without closing it.
process.on('disconnect', () => require('electron').app?.exit());
