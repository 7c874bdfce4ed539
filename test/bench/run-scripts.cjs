const { runInThisContext } = require('node:vm');

/**
 * Loaded before the console: runs scripts in its main process, and so in its pages, for a benchmark. Nothing listens to the pages, as
 * a debugger would, which costs main more than the pages themselves.
 */
process.on('message', ({ id, script }) => {
  Promise.resolve()
    .then(() => runInThisContext(`(${script})`)(require('electron')))
    .then(
      (result) => process.send({ id, result }),
      (thrown) => process.send({ id, error: String(thrown) }),
    );
});
