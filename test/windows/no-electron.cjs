/** Stands for Electron, which does not run here: outside of it nothing of it is there. */
module.exports = {};
