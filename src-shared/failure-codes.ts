/**
 * Every failure that a person can meet, with the one next action that the screen offers for it.
 * RFC strings where there is one (RFC 6749 §5.2, RFC 8628 §3.5, RFC 8707 §2, RFC 9449 §5); else ours.
 * The words for each stand in `words/`, which a test holds against this list.
 */
const remedies = {
  // The Authorization server's address and metadata (OIDC Discovery §4, RFC 8414 §3)
  issuer_malformed: 'edit_settings',
  issuer_insecure: 'edit_settings',
  metadata_not_found: 'edit_settings',
  metadata_invalid: 'edit_settings',
  issuer_mismatch: 'edit_settings',
  device_flow_unsupported: 'edit_settings',
  // The way there
  network_unreachable: 'check_connection',
  request_timeout: 'try_again',
  response_too_large: 'copy_for_support',
  unexpected_redirect: 'check_connection',
  unexpected_content: 'check_connection',
  /** Somebody in between answered in the server's place: a network that wants a sign-in, or a filter. */
  captive_portal: 'try_again',
  proxy_refused: 'check_connection',
  /** Made by nobody whom this computer trusts: a filter that reads along, most often. */
  certificate_untrusted: 'check_connection',
  certificate_date_invalid: 'set_clock',
  certificate_invalid: 'check_connection',
  too_many_requests: 'try_again',
  server_error: 'try_again',
  response_invalid: 'copy_for_support',
  /** Empty, too long, or with characters that cannot be seen. */
  user_code_unreadable: 'copy_for_support',
  /** The server wants to be asked about the code (`interval`) only when the code has ended. */
  user_code_uncheckable: 'copy_for_support',
  // The Authorization server's refusals
  access_denied: 'start_again',
  expired_token: 'get_new_code',
  /** The server issued tokens, but its answer was lost on the way: the code is used up. */
  authorization_answer_lost: 'get_new_code',
  /** The console ended, as in a power failure, between the User Code and the stored license. */
  acquisition_interrupted: 'get_new_code',
  invalid_grant: 'authorize_again',
  /** The server issued no refresh token (RFC 6749 §5.1): only a person brings the next license token. */
  no_refresh_token: 'authorize_again',
  /** One account on two computers: the license is that of the other one, which refreshes it. */
  license_of_another_computer: 'authorize_again',
  invalid_client: 'edit_settings',
  unauthorized_client: 'edit_settings',
  invalid_scope: 'edit_settings',
  /** The resource that was sent is refused (RFC 8707 §2): many servers take none. */
  invalid_target: 'try_without_resource',
  /** The same error, where none was sent. */
  resource_missing: 'edit_settings',
  use_dpop_nonce: 'copy_for_support',
  invalid_dpop_proof: 'copy_for_support',
  authorization_refused: 'copy_for_support',
  // The license token (RFC 7519, RFC 8725, RFC 9068)
  token_malformed: 'copy_for_support',
  token_signature_invalid: 'copy_for_support',
  /** Signed in a way that is not taken here, though it may be genuine (RFC 8725 §3.1). */
  token_algorithm_unsupported: 'copy_for_support',
  token_type_invalid: 'copy_for_support',
  token_issuer_mismatch: 'edit_settings',
  token_audience_mismatch: 'edit_settings',
  /** Issued to another client (RFC 9068 §2.2). */
  token_client_mismatch: 'edit_settings',
  token_expired: 'set_clock',
  token_issued_in_future: 'set_clock',
  /** They could not be fetched. */
  signing_keys_unavailable: 'try_again',
  /** The server answers, and does not give them. */
  signing_keys_refused: 'try_again',
  /** They came, and none of them is one that the token can be checked with. */
  signing_keys_unusable: 'try_again',
  license_details_missing: 'copy_for_support',
  /** Not bound to the key that it was asked for with (RFC 9449 §6). */
  token_not_bound: 'copy_for_support',
  wrong_device: 'choose_another_device',
  // This computer
  clock_wrong: 'set_clock',
  secret_store_missing: 'open_keychain_help',
  secret_store_locked: 'unlock_keychain',
  secret_store_timeout: 'open_keychain_help',
  secret_store_refused: 'open_keychain_help',
  secret_store_full: 'open_keychain_help',
  /** Locked although somebody has signed in: the keychain's password is an earlier one. */
  secret_store_password_changed: 'unlock_keychain',
  /** Another program serves the keychain than the one that took the tokens. */
  secret_store_changed_backend: 'authorize_again',
  secret_store_damaged: 'authorize_again',
  settings_not_written: 'free_disk_space',
  /** Held for longer than a moment by a scanner, a backup or an editor. */
  file_in_use: 'try_again',
  /** It may be there, but the system does not let it be looked at: nothing is written over it. */
  file_unreadable: 'try_again',
  /** A folder, a pipe, a device or a link in a circle stands in its place: it is neither read nor written over. */
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
  /** It left the list of those seen lately. */
  peer_unknown: 'none',
  // The terminal
  command_malformed: 'none',
  server_unknown: 'none',
  no_server: 'none',
  confirmation_missing: 'none',
  /** What was thrown before the console was at work. */
  console_not_started: 'copy_for_support',
  /** It was started with a switch that a packaged console does not take. */
  switch_refused: 'none',
  /** The same, with an environment variable. */
  variable_refused: 'none',
  console_not_answering: 'try_again',
  console_ended: 'none',
  command_cancelled: 'none',
  // This console
  not_licensed: 'acquire',
  profile_incomplete: 'edit_settings',
  /** A license is held from the Authorization server that the change would leave. */
  profile_in_use: 'none',
  acquisition_in_progress: 'none',
  nothing_to_complete: 'get_new_code',
  poll_not_due: 'none',
  /** The Authorization server was not reached, or has not decided: later it may end the authorization. */
  revocation_failed: 'remove_here_only',
  /** It answered that it does not end this authorization (RFC 7009 §2.2.1). */
  revocation_refused: 'remove_here_only',
  /** Its metadata name no `revocation_endpoint` (RFC 8414 §2). */
  revocation_not_offered: 'remove_here_only',
  address_not_allowed: 'none',
  /** The Authorization server answered without a page that a person could use. */
  page_unusable: 'edit_settings',
  /** The console's proxy for the pane cannot listen on this computer. Without it no page is opened. */
  pane_not_connected: 'try_again',
  /** The network's proxy wants a sign-in, or is of a kind that the pane does not know. */
  proxy_unsupported: 'check_connection',
  /** The embedded page does not answer any more. */
  page_hangs: 'try_again',
  /** The page took too much memory and was closed. */
  page_too_large: 'try_again',
  /** The page made too many calls and was closed. */
  page_floods: 'try_again',
  /** The process that draws the page ended by itself. */
  page_ended: 'try_again',
  clipboard_refused: 'try_again',
  request_malformed: 'copy_for_support',
  internal_error: 'copy_for_support',
  /** A part of the window threw while it was drawn; the rest of it goes on. */
  page_failed: 'show_page_again',
} as const satisfies Record<string, string>;

export type FailureCode = keyof typeof remedies;
export type Remedy = (typeof remedies)[FailureCode];

export const failureCodes = Object.keys(remedies) as readonly FailureCode[];

export function remedyOf(code: FailureCode): Remedy {
  return remedies[code];
}

/** Why refreshing stopped until a person has done something: asking again by itself would only be refused again. */
export const waitsForPerson: ReadonlySet<FailureCode> = new Set([
  'invalid_grant',
  'license_of_another_computer',
  'secret_store_damaged',
]);
