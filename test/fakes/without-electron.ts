/**
 * Imported before anything that imports `electron`: outside of Electron that package only names a program, and without this
 * it would download one.
 */
process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= '.';
