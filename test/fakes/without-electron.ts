/**
 * Must be imported before anything that imports `electron`. Outside Electron, that package only returns the path of the program,
 * and without this setting it would download the program.
 */
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= '.';
