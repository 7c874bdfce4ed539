const { runInThisContext } = require('node:vm');

/**
 * Loaded before the console. Runs the scripts of a benchmark in its main process, and through it in its pages. No debugger listens to the
 * pages, since a debugger costs main more than the pages do.
 */
process.on('message', ({ id, script }) => {
  Promise.resolve()
    .then(() => runInThisContext(`(${script})`)(require('electron')))
    .then(
      (result) => process.send({ id, result }),
      (thrown) => process.send({ id, error: String(thrown) }),
    );
});
