import type { Remedy } from '../../failure-codes.ts';

const labels: Record<Exclude<Remedy, 'none'>, string> = {
  edit_settings: 'Open Settings',
  open_registers: 'Open Registers & servers',
  try_without_resource: 'Try without the resource',
  sign_in_to_proxy: 'Enter the proxy’s name and password',
  check_connection: 'What is wrong with the connection?',
  try_again: 'Try again',
  copy_for_support: 'Copy details for support',
  start_again: 'Start again',
  get_new_code: 'Get a new code',
  authorize_again: 'Authorize again',
  set_clock: 'How to set the clock',
  open_keychain_help: 'Help with the keychain',
  unlock_keychain: 'Unlock the keychain',
  choose_another_device: 'Choose another device',
  free_disk_space: 'What to do',
  acquire: 'Acquire a License',
  show_page_again: 'Show the page again',
  remove_here_only: 'Remove here only',
};

/** The label of a remedy's button; `null` if it has no button. */
export function remedyLabel(remedy: Remedy): string | null {
  return remedy === 'none' ? null : labels[remedy];
}
