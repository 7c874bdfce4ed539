import { app } from 'electron';

/** The display that this process opens its windows on. Null if it has none. */
export function ownDisplay(): string | null {
  const isHeadless = app.commandLine.getSwitchValue('ozone-platform') === 'headless';
  return isHeadless ? null : displayOf(process.platform, process.env);
}

/**
 * The display that the environment names. A Linux account can have several displays at one time, and its services have none. On
 * other systems an account has one desktop.
 */
export function displayOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | null {
  if (platform !== 'linux') return 'desktop';
  // `:0.0` is the first screen of `:0`.
  return env['DISPLAY']?.replace(/(:\d+)\.\d+$/, '$1') || env['WAYLAND_DISPLAY'] || null;
}
