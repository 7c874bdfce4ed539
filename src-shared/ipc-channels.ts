/**
 * The names of the contract's calls and events, in a file without the schemas. The preload script needs only the names, and it
 * has to be small because it runs before the page is painted.
 */
export const ipcCallNames = [
  'console.read',
  'notice.dismiss',
  'page.failed',
  'page.reload',
  'profile.check',
  'profile.save',
  'profile.add',
  'profile.choose',
  'acquisition.start',
  'acquisition.complete',
  'acquisition.cancel',
  'acquisition.reset',
  'acquisition.copy_user_code',
  'acquisition.copy_verification_address',
  'acquisition.open_verification',
  'keychain.unlock',
  'license.refresh',
  'license.remove',
  'license.dismiss_removal',
  'license.copy_field',
  'license.print',
  'background.answer',
  'background.stay_open',
  'background.keep_running',
  'background.start_at_login',
  'history.read',
  'history.export',
  'local_api.read',
  'local_api.change',
  'local_api.create_client',
  'local_api.revoke_client',
  'local_api.read_secret',
  'local_api.copy_secret',
  'local_api.copy_address',
  'local_api.leave_secret',
  'peers.read',
  'peers.copy',
  'pane.show',
  'pane.place',
  'pane.split',
  'pane.back',
  'pane.reload',
  'pane.home',
  'pane.zoom',
  'pane.focus',
  'pane.open_in_browser',
  'pane.sign_out',
  'pane.sign_out_when_finished',
  'alert.snooze',
  'alert.show',
  'notifications.quiet_hours',
  'notifications.test',
  'support.copy',
] as const;
export type IpcCall = (typeof ipcCallNames)[number];

export const ipcEvents = ['console.changed', 'focus.returned', 'place.asked'] as const;
export type IpcEvent = (typeof ipcEvents)[number];

export const ipcCallChannel = (call: IpcCall): string => `call:${call}`;
export const ipcEventChannel = (event: IpcEvent): string => `event:${event}`;
