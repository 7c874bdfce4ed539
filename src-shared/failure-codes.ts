/**
 * Every failure that a person can meet, with the one next action that the screen offers for it.
 * A code is the RFC's error string if there is one (RFC 6749 §5.2, RFC 8628 §3.5, RFC 8707 §2, RFC 9449 §5); otherwise our own.
 * The texts are in `words/`; a test checks that every code here has one.
 */
const remedies = {
  // The Authorization server's address and metadata (OIDC Discovery §4, RFC 8414 §3)
  issuer_malformed: 'edit_settings',
  issuer_insecure: 'edit_settings',
  metadata_not_found: 'edit_settings',
  metadata_invalid: 'edit_settings',
  issuer_mismatch: 'edit_settings',
  device_flow_unsupported: 'edit_settings',
  // The connection to the Authorization server
  network_unreachable: 'check_connection',
  request_timeout: 'try_again',
  response_too_large: 'copy_for_support',
  unexpected_redirect: 'check_connection',
  unexpected_content: 'check_connection',
  /** Something in between answered instead of the server: a network that requires a sign-in, or a filter. */
  captive_portal: 'try_again',
  proxy_refused: 'check_connection',
  /** Not issued by an authority that this computer trusts; usually the cause is a filter that intercepts TLS. */
  certificate_untrusted: 'check_connection',
  certificate_date_invalid: 'set_clock',
  certificate_invalid: 'check_connection',
  too_many_requests: 'try_again',
  server_error: 'try_again',
  response_invalid: 'copy_for_support',
  /** Empty, too long, or with invisible characters. */
  user_code_unreadable: 'copy_for_support',
  /** The polling `interval` is so long that the code expires before the first poll. */
  user_code_uncheckable: 'copy_for_support',
  // The Authorization server's refusals
  access_denied: 'start_again',
  expired_token: 'get_new_code',
  /** The server issued tokens, but its answer got lost. The code is used up. */
  authorization_answer_lost: 'get_new_code',
  /** The console ended, for example in a power failure, after it got the User Code and before it stored the license. */
  acquisition_interrupted: 'get_new_code',
  invalid_grant: 'authorize_again',
  /** The server issued no refresh token (RFC 6749 §5.1), so only a new authorization by a person gets the next license token. */
  no_refresh_token: 'authorize_again',
  /** The same account is used on two computers. The license belongs to the other computer, which refreshes it. */
  license_of_another_computer: 'authorize_again',
  invalid_client: 'edit_settings',
  unauthorized_client: 'edit_settings',
  invalid_scope: 'edit_settings',
  /** The server refuses the `resource` that was sent (RFC 8707 §2). Many servers accept none. */
  invalid_target: 'try_without_resource',
  /** The server answered `invalid_target` although no `resource` was sent. */
  resource_missing: 'edit_settings',
  use_dpop_nonce: 'copy_for_support',
  invalid_dpop_proof: 'copy_for_support',
  authorization_refused: 'copy_for_support',
  // The license token (RFC 7519, RFC 8725, RFC 9068)
  token_malformed: 'copy_for_support',
  token_signature_invalid: 'copy_for_support',
  /** Signed with an algorithm that the console does not accept, though the token may be genuine (RFC 8725 §3.1). */
  token_algorithm_unsupported: 'copy_for_support',
  token_type_invalid: 'copy_for_support',
  token_issuer_mismatch: 'edit_settings',
  token_audience_mismatch: 'edit_settings',
  /** Issued to another client (RFC 9068 §2.2). */
  token_client_mismatch: 'edit_settings',
  token_expired: 'set_clock',
  token_issued_in_future: 'set_clock',
  /** The keys could not be fetched. */
  signing_keys_unavailable: 'try_again',
  /** The server answers, but does not provide the keys. */
  signing_keys_refused: 'try_again',
  /** The keys were fetched, but none of them can verify the token. */
  signing_keys_unusable: 'try_again',
  license_details_missing: 'copy_for_support',
  /** Not bound to the key that the token request was made with (RFC 9449 §6). */
  token_not_bound: 'copy_for_support',
  wrong_device: 'choose_another_device',
  // This computer
  clock_wrong: 'set_clock',
  secret_store_missing: 'open_keychain_help',
  secret_store_locked: 'unlock_keychain',
  secret_store_timeout: 'open_keychain_help',
  secret_store_refused: 'open_keychain_help',
  secret_store_full: 'open_keychain_help',
  /** Locked although the person has signed in: the keychain still has an earlier password. */
  secret_store_password_changed: 'unlock_keychain',
  /** The keychain is now provided by another program than the one that stored the tokens. */
  secret_store_changed_backend: 'authorize_again',
  secret_store_damaged: 'authorize_again',
  settings_not_written: 'free_disk_space',
  /** A scanner, a backup or an editor keeps the file open. */
  file_in_use: 'try_again',
  /** The file may exist, but the system does not allow examining it, so it is not overwritten. */
  file_unreadable: 'try_again',
  /** The path is a folder, a pipe, a device or a circular link. It is neither read nor overwritten. */
  not_a_file: 'try_again',
  login_item_refused: 'none',
  history_unreadable: 'try_again',
  export_not_written: 'try_again',
  notification_not_shown: 'none',
  administrator_not_told: 'none',
  // The local license API
  local_api_address_taken: 'open_registers',
  local_api_not_opened: 'open_registers',
  local_api_off: 'open_registers',
  client_unknown: 'none',
  client_name_taken: 'none',
  too_many_clients: 'none',
  /** The peer is no longer on the list of recently seen peers. */
  peer_unknown: 'none',
  // The terminal
  command_malformed: 'none',
  server_unknown: 'none',
  no_server: 'none',
  confirmation_missing: 'none',
  /** An error was thrown before the console had started. */
  console_not_started: 'copy_for_support',
  /** The console was started with a command line switch that a packaged console does not accept. */
  switch_refused: 'none',
  /** The console was started with an environment variable that a packaged console does not accept. */
  variable_refused: 'none',
  console_not_answering: 'try_again',
  console_ended: 'none',
  command_cancelled: 'none',
  // This console
  not_licensed: 'acquire',
  profile_incomplete: 'edit_settings',
  /** The change would switch to another Authorization server while a license of the present one is held. */
  profile_in_use: 'none',
  acquisition_in_progress: 'none',
  nothing_to_complete: 'get_new_code',
  poll_not_due: 'none',
  /** The Authorization server was not reached or has not decided. It may still end the authorization later. */
  revocation_failed: 'remove_here_only',
  /** The server answered that it does not end this authorization (RFC 7009 §2.2.1). */
  revocation_refused: 'remove_here_only',
  /** The server's metadata contain no `revocation_endpoint` (RFC 8414 §2). */
  revocation_not_offered: 'remove_here_only',
  address_not_allowed: 'none',
  /** The Authorization server's answer contains no page that a person could use. */
  page_unusable: 'edit_settings',
  /** The console's proxy for the pane cannot listen on this computer. Without it the pane opens no page. */
  pane_not_connected: 'try_again',
  /** The network's proxy requires a sign-in, or is of a kind that the pane does not support. */
  proxy_unsupported: 'check_connection',
  /** The embedded page no longer responds. */
  page_hangs: 'try_again',
  /** The page took too much memory and was closed. */
  page_too_large: 'try_again',
  /** The page made too many calls and was closed. */
  page_floods: 'try_again',
  /** The page's renderer process ended unexpectedly. */
  page_ended: 'try_again',
  clipboard_refused: 'try_again',
  request_malformed: 'copy_for_support',
  internal_error: 'copy_for_support',
  /** A part of the window threw while rendering; the rest keeps working. */
  page_failed: 'show_page_again',
} as const satisfies Record<string, string>;

export type FailureCode = keyof typeof remedies;
export type Remedy = (typeof remedies)[FailureCode];

export const failureCodes = Object.keys(remedies) as readonly FailureCode[];

export function remedyOf(code: FailureCode): Remedy {
  return remedies[code];
}

/** Failures that stop refreshing until a person acts: an automatic retry would only be refused again. */
export const waitsForPerson: ReadonlySet<FailureCode> = new Set([
  'invalid_grant',
  'license_of_another_computer',
  'secret_store_damaged',
]);
