const { app } = require('electron');

// The test opens the window, and closes it with the program.
app.on('window-all-closed', () => app.quit());
