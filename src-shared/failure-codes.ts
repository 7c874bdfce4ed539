import type { Fixer, Stage } from './request-stages.ts';

/** What a failure means for a script in a terminal. The numbers are in `src-main/commands/exit-codes.ts`. */
type Exit =
  | 'failed'
  | 'usage'
  | 'notLicensed'
  | 'personMustAct'
  | 'refused'
  | 'noConnection'
  | 'otherServer'
  | 'cancelled';

/** What sources ask about a failure. A trait that its row does not list is false. */
type Trait =
  /** The server has not decided, and a later attempt may succeed. */
  | 'transient'
  /** The server cannot be used at the moment. Nobody needs to act while the token is valid. */
  | 'unavailable'
  /** The server itself answered, so no better connection would help: it is busy, has a problem, or sent something unusable. */
  | 'answered'
  /** A working connection resolves it. */
  | 'connection'
  /** The request did not reach the server. */
  | 'not_sent'
  /** A successful response may have been lost on the way. A busy or broken server reports that itself. */
  | 'answer_lost'
  /** The server itself refused, or issued tokens that are unusable. No other failure changes what the server decided earlier. */
  | 'decision'
  /** A refusal that may come from a server's old endpoint, after the server has moved. So may every failure that is `unavailable`. */
  | 'server_moved'
  /** The server refuses the client itself. The console keeps asking, but only a person can change the answer (RFC 6749 §5.2). */
  | 'refuses_client'
  /** Only a new authorization resolves it (RFC 6749 §5.2). */
  | 'reauthorize'
  /** Refreshing stops until a person acts: an automatic retry would only be refused again. */
  | 'needs_person'
  /** The server needs a pause. A wake-up or a returning network does not cut it short. */
  | 'needs_pause'
  /** The keys that verify a token are missing, so the token may still be valid. */
  | 'signing_keys'
  /** The server answered, but provides no key that verifies the token. */
  | 'keys_refused'
  /** The keychain failed. It has a notice of its own. */
  | 'keychain'
  /** Only a refresh finds it: the keychain can be read, but tokens are missing in it or it refuses to store new ones. */
  | 'refresh_only'
  /** The keychain works, but not the entry with this server's tokens. Other entries may be readable. */
  | 'one_entry'
  /** Permanent, and prevents this console from even sending a revocation request. */
  | 'irrevocable';

/**
 * Every failure that a person can meet: the one next action that the screen offers for it, its exit code, and its traits.
 * A code is the RFC's error string if there is one (RFC 6749 §5.2, RFC 8628 §3.5, RFC 8707 §2, RFC 9449 §5); otherwise our own.
 * The texts are in `words/`; a test checks that every code here has one.
 */
const failures = {
  // The Authorization server's address and metadata (OIDC Discovery §4, RFC 8414 §3)
  issuer_malformed: ['edit_settings', 'usage'],
  issuer_insecure: ['edit_settings', 'usage'],
  metadata_not_found: ['edit_settings', 'failed', 'unavailable'],
  metadata_invalid: ['edit_settings', 'failed', 'unavailable', 'answered'],
  issuer_mismatch: ['edit_settings', 'failed'],
  device_flow_unsupported: ['edit_settings', 'failed'],
  // The connection to the Authorization server
  network_unreachable: ['check_connection', 'noConnection', 'transient', 'unavailable', 'connection', 'answer_lost'],
  request_timeout: ['try_again', 'noConnection', 'transient', 'unavailable', 'connection', 'answer_lost'],
  response_too_large: ['copy_for_support', 'failed', 'transient', 'unavailable', 'answered'],
  unexpected_redirect: ['check_connection', 'noConnection', 'unavailable', 'connection'],
  unexpected_content: ['check_connection', 'noConnection', 'transient', 'unavailable', 'connection'],
  /** Something in between answered instead of the server: a network that requires a sign-in, or a filter. */
  captive_portal: ['try_again', 'noConnection', 'transient', 'unavailable', 'connection'],
  proxy_refused: ['check_connection', 'noConnection', 'transient', 'unavailable', 'connection', 'not_sent'],
  /** The proxy wants a name and a password, and there are none or it refused them. */
  proxy_sign_in: ['sign_in_to_proxy', 'personMustAct', 'transient', 'unavailable', 'connection', 'not_sent'],
  /** Not issued by an authority that this computer trusts; usually the cause is a filter that intercepts TLS. */
  certificate_untrusted: ['check_connection', 'noConnection', 'transient', 'unavailable', 'not_sent'],
  certificate_date_invalid: ['set_clock', 'personMustAct', 'transient', 'unavailable', 'not_sent'],
  certificate_invalid: ['check_connection', 'noConnection', 'transient', 'unavailable', 'not_sent'],
  /** The encryption failed: what came could not be decrypted, or was no TLS at all. That may be after the request was sent. */
  connection_damaged: ['check_connection', 'noConnection', 'transient', 'unavailable', 'connection', 'answer_lost'],
  /** The server asks for a client certificate (RFC 8446 §4.3.2), and the connection ended because it got none that it accepts. */
  client_certificate_needed: ['none', 'personMustAct', 'transient', 'unavailable', 'not_sent'],
  too_many_requests: ['try_again', 'noConnection', 'transient', 'unavailable', 'answered', 'needs_pause'],
  server_error: ['try_again', 'noConnection', 'transient', 'unavailable', 'answered', 'needs_pause'],
  response_invalid: ['copy_for_support', 'failed', 'unavailable', 'answered', 'answer_lost'],
  /** Empty, too long, or with invisible characters. */
  user_code_unreadable: ['copy_for_support', 'failed'],
  /** The polling `interval` is so long that the code expires before the first poll. */
  user_code_uncheckable: ['copy_for_support', 'failed'],
  // The Authorization server's refusals
  access_denied: ['start_again', 'refused', 'decision'],
  expired_token: ['get_new_code', 'failed', 'decision'],
  /** The server issued tokens, but its answer got lost. The code is used up. */
  authorization_answer_lost: ['get_new_code', 'failed'],
  /** The console ended, for example in a power failure, after it got the User Code and before it stored the license. */
  acquisition_interrupted: ['get_new_code', 'failed'],
  invalid_grant: ['authorize_again', 'personMustAct', 'decision', 'reauthorize', 'needs_person'],
  /** The server issued no refresh token (RFC 6749 §5.1), so only a new authorization by a person gets the next license token. */
  no_refresh_token: ['authorize_again', 'personMustAct'],
  /** The same account is used on two computers. The license belongs to the other computer, which refreshes it. */
  license_of_another_computer: ['authorize_again', 'personMustAct', 'decision', 'reauthorize', 'needs_person'],
  invalid_client: ['edit_settings', 'refused', 'decision', 'server_moved', 'refuses_client'],
  unauthorized_client: ['edit_settings', 'refused', 'decision', 'refuses_client'],
  invalid_scope: ['edit_settings', 'refused', 'decision'],
  /** The server refuses the `resource` that was sent (RFC 8707 §2). Many servers accept none. */
  invalid_target: ['try_without_resource', 'refused', 'decision'],
  /** The server answered `invalid_target` although no `resource` was sent. */
  resource_missing: ['edit_settings', 'refused', 'decision'],
  use_dpop_nonce: ['copy_for_support', 'failed'],
  invalid_dpop_proof: ['copy_for_support', 'failed'],
  authorization_refused: ['copy_for_support', 'refused', 'decision', 'server_moved'],
  // The license token (RFC 7519, RFC 8725, RFC 9068)
  token_malformed: ['copy_for_support', 'failed', 'decision'],
  token_signature_invalid: ['copy_for_support', 'failed', 'decision'],
  /** Signed with an algorithm that the console does not accept, though the token may be genuine (RFC 8725 §3.1). */
  token_algorithm_unsupported: ['copy_for_support', 'failed', 'decision'],
  token_type_invalid: ['copy_for_support', 'failed', 'decision'],
  token_issuer_mismatch: ['edit_settings', 'failed', 'decision', 'irrevocable'],
  token_audience_mismatch: ['edit_settings', 'failed', 'decision'],
  /** Issued to another client (RFC 9068 §2.2). */
  token_client_mismatch: ['edit_settings', 'failed', 'decision'],
  token_expired: ['set_clock', 'personMustAct', 'decision'],
  token_issued_in_future: ['set_clock', 'failed', 'decision'],
  /** The keys could not be fetched, although the server has just issued the token. */
  signing_keys_unavailable: ['try_again', 'failed', 'unavailable', 'answered', 'decision', 'signing_keys'],
  /** The server answers, but does not provide the keys. */
  signing_keys_refused: ['try_again', 'failed', 'unavailable', 'answered', 'decision', 'signing_keys', 'keys_refused'],
  /** The keys were fetched, but none of them can verify the token. */
  signing_keys_unusable: ['try_again', 'failed', 'unavailable', 'answered', 'decision', 'signing_keys', 'keys_refused'],
  license_details_missing: ['copy_for_support', 'failed', 'decision'],
  /** Not bound to the key that the token request was made with (RFC 9449 §6). */
  token_not_bound: ['copy_for_support', 'failed', 'decision'],
  /** The license is for a register or for another edition. Nobody is asked about it, and it was not used. */
  wrong_device: ['choose_another_device', 'otherServer', 'decision'],
  /** The license that was acquired seems to be for another server, and nobody has accepted it. It was not used. */
  device_not_accepted: ['choose_another_device', 'otherServer', 'decision'],
  /** The license waits for an answer that this command cannot get: the window or another terminal began the acquisition. */
  license_not_accepted_yet: ['acquire', 'otherServer'],
  /** A refresh brought a license for another server or organization. The previous one stays in use. */
  license_of_another_server: ['authorize_again', 'personMustAct', 'decision', 'reauthorize'],
  // This computer
  /** Also if a certificate was judged expired or not yet valid by a clock that is known to be wrong. */
  clock_wrong: ['set_clock', 'personMustAct', 'transient'],
  secret_store_missing: ['open_keychain_help', 'personMustAct', 'keychain'],
  secret_store_locked: ['unlock_keychain', 'personMustAct', 'keychain'],
  secret_store_timeout: ['open_keychain_help', 'personMustAct', 'keychain'],
  secret_store_refused: ['open_keychain_help', 'personMustAct', 'keychain', 'refresh_only'],
  secret_store_full: ['open_keychain_help', 'personMustAct', 'keychain', 'refresh_only'],
  /** Locked although the person has signed in: the keychain still has an earlier password. */
  secret_store_password_changed: ['unlock_keychain', 'personMustAct', 'keychain'],
  /** A different program now provides the keychain from the one that stored the tokens. */
  secret_store_changed_backend: ['authorize_again', 'personMustAct', 'keychain', 'one_entry'],
  secret_store_damaged: [
    'authorize_again',
    'personMustAct',
    'needs_person',
    'keychain',
    'refresh_only',
    'one_entry',
    'irrevocable',
  ],
  /** The settings cannot be read, and there is no good copy: no server is known, and no license is refreshed. */
  settings_lost: ['none', 'personMustAct'],
  /** The same, but only some of the servers were lost. */
  server_settings_lost: ['none', 'personMustAct'],
  settings_not_written: ['free_disk_space', 'failed'],
  /** A scanner, a backup or an editor keeps the file open. */
  file_in_use: ['try_again', 'failed'],
  /** The file may exist, but the system does not allow examining it, so it is not overwritten. */
  file_unreadable: ['try_again', 'failed'],
  /** The path is a folder, a pipe, a device or a circular link. It is neither read nor overwritten. */
  not_a_file: ['try_again', 'failed'],
  login_item_refused: ['none', 'failed'],
  /** The account may not start the system's own time service. */
  time_service_refused: ['none', 'personMustAct'],
  time_service_not_started: ['none', 'failed'],
  history_unreadable: ['try_again', 'failed'],
  export_not_written: ['try_again', 'failed'],
  diagnostics_not_saved: ['try_again', 'failed'],
  /** The command writes a file, something is there, and nobody has said that it may be replaced. */
  file_exists: ['none', 'usage'],
  notification_not_shown: ['none', 'failed'],
  administrator_not_told: ['none', 'failed'],
  // The local license API
  local_api_address_taken: ['open_registers', 'failed'],
  local_api_not_opened: ['open_registers', 'failed'],
  local_api_off: ['open_registers', 'failed'],
  /** The page showed another server when the person clicked. */
  another_server_shown: ['none', 'failed'],
  /** The file with the clients, or some of it, could not be read, so their secrets no longer count. */
  api_clients_lost: ['open_registers', 'failed'],
  client_unknown: ['none', 'failed'],
  client_name_taken: ['none', 'failed'],
  too_many_clients: ['none', 'failed'],
  /** The peer is no longer on the list of recently seen peers. */
  peer_unknown: ['none', 'failed'],
  // A laptop that helps a server
  /** Nothing answers at that address, or something that is no laptop of a pairing. */
  laptop_unreachable: ['check_connection', 'noConnection'],
  /** The code is wrong, or a machine in the middle shows its own certificate. */
  pairing_code_wrong: ['try_again', 'failed'],
  /** The laptop ended it, or its time is over, or too many wrong codes were tried. */
  pairing_ended: ['none', 'failed'],
  /** It was paired and does not answer now. The console tries again automatically. */
  laptop_gone: ['check_connection', 'noConnection', 'transient', 'unavailable', 'connection', 'not_sent'],
  /** The person at the laptop says that the Authorization server of this server is not theirs. */
  issuer_refused: ['edit_settings', 'failed'],
  /** A command names a laptop while one helps another server, or the same one: in the window, or for another command. */
  laptop_in_use: ['none', 'failed'],
  pairing_address_invalid: ['none', 'usage'],
  pairing_code_invalid: ['none', 'usage'],
  /** The console at the other side speaks another version of the protocol. */
  pairing_version: ['none', 'failed'],
  help_port_unusable: ['try_again', 'failed'],
  help_no_network: ['check_connection', 'noConnection'],
  /** The laptop does not open a connection to this host. */
  relay_refused: ['check_connection', 'noConnection', 'transient', 'unavailable', 'connection', 'not_sent'],
  /** Refused by the laptop: the Authorization server's address, or one that it publishes, has an IP address instead of a name. */
  issuer_without_name: ['none', 'failed'],
  /** The laptop does not trust the Authorization server's certificate, as the server's own computer may. */
  issuer_untrusted_by_laptop: ['try_again', 'failed'],
  // The terminal
  command_malformed: ['none', 'usage'],
  server_unknown: ['none', 'usage'],
  no_server: ['none', 'notLicensed'],
  confirmation_missing: ['none', 'usage'],
  /** An error was thrown before the console had started. */
  console_not_started: ['copy_for_support', 'failed'],
  /** Neither the data folder nor a folder of the session or for temporary files can be written. */
  no_folder_writable: ['free_disk_space', 'failed'],
  /** A file or folder lies in the place of the single-instance lock, which no process can take then. */
  lock_obstructed: ['none', 'failed'],
  /** The console was started with a command line switch that a packaged console does not accept. */
  switch_refused: ['none', 'usage'],
  /** The console was started with an environment variable that a packaged console does not accept. */
  variable_refused: ['none', 'usage'],
  console_not_answering: ['try_again', 'failed'],
  console_ended: ['none', 'failed'],
  /** A check of this computer or of a server did not end in time. */
  check_not_ended: ['try_again', 'failed'],
  command_cancelled: ['none', 'cancelled'],
  // This console
  not_licensed: ['acquire', 'notLicensed'],
  profile_incomplete: ['edit_settings', 'failed'],
  /** The change would switch to another Authorization server while the server holds a license of the current one. */
  profile_in_use: ['none', 'failed'],
  /** Another server has this name at the same Authorization server, as people compare names. */
  server_name_taken: ['none', 'failed'],
  /** The server cannot be forgotten yet: it holds a license, and nobody has decided what happens to it. */
  server_holds_license: ['remove_here_only', 'personMustAct'],
  /** The change would make a license unusable while a person is asked whether to keep it. */
  question_open: ['none', 'failed'],
  acquisition_in_progress: ['none', 'failed'],
  nothing_to_complete: ['get_new_code', 'failed'],
  poll_not_due: ['none', 'failed'],
  /** The Authorization server was not reached or has not decided. It may still end the authorization later. */
  revocation_failed: ['remove_here_only', 'noConnection'],
  /** The server answered that it does not end this authorization (RFC 7009 §2.2.1). */
  revocation_refused: ['remove_here_only', 'refused'],
  /** The server's metadata contains no `revocation_endpoint` (RFC 8414 §2). */
  revocation_not_offered: ['remove_here_only', 'refused'],
  address_not_allowed: ['none', 'failed'],
  /** The Authorization server's answer contains no page that a person could use. */
  page_unusable: ['edit_settings', 'noConnection'],
  /** The page's server wants the sign-in of this computer's user (RFC 4559), and may not have it or does not accept it. */
  integrated_sign_in: ['none', 'personMustAct'],
  /** The console's proxy for the pane cannot listen on this computer. Without it the pane opens no page. */
  pane_not_connected: ['try_again', 'failed'],
  /** The network's proxy requires a sign-in, or is of a kind that the pane does not support. */
  proxy_unsupported: ['check_connection', 'noConnection'],
  /** The embedded page no longer responds. */
  page_hangs: ['try_again', 'failed'],
  /** The page took too much memory and was closed. */
  page_too_large: ['try_again', 'failed'],
  /** The page made too many calls and was closed. */
  page_floods: ['try_again', 'failed'],
  /** The page's renderer process ended unexpectedly. */
  page_ended: ['try_again', 'failed'],
  /** The console saves no files of this kind or size, or is still saving another one. */
  download_refused: ['none', 'failed'],
  /** The download ended before the file was complete. */
  download_failed: ['try_again', 'failed'],
  clipboard_refused: ['try_again', 'failed'],
  print_failed: ['try_again', 'failed'],
  /** The page could not be turned into a PDF file. */
  pdf_not_made: ['try_again', 'failed'],
  /** The file that was saved last is no longer where it was saved. */
  saved_file_gone: ['none', 'failed'],
  /** No program of this computer opens the page, the mail or the call. */
  contact_not_opened: ['none', 'failed'],
  mail_not_opened: ['none', 'failed'],
  /** No program of this computer shows the folder. */
  log_folder_not_opened: ['try_again', 'failed'],
  request_malformed: ['copy_for_support', 'failed'],
  internal_error: ['copy_for_support', 'failed'],
  /** A part of the window threw while rendering; the rest keeps working. */
  page_failed: ['show_page_again', 'failed'],
} as const satisfies Record<string, readonly [remedy: string, exit: Exit, ...traits: Trait[]]>;

export type FailureCode = keyof typeof failures;
export type Remedy = (typeof failures)[FailureCode][0];
/** The codes with this trait. */
export type CodeWith<T extends Trait> = {
  [Code in FailureCode]: T extends (typeof failures)[Code][number] ? Code : never;
}[FailureCode];

/** How far a request came on its way to the Authorization server, and who can fix what stopped it. */
const ways: Readonly<
  Record<CodeWith<'unavailable'> | 'clock_wrong' | 'device_flow_unsupported', readonly [stage: Stage, fixer: Fixer]>
> = {
  metadata_not_found: ['authorization_server', 'store'],
  metadata_invalid: ['authorization_server', 'store'],
  device_flow_unsupported: ['device_flow', 'authorization_server'],
  network_unreachable: ['connection', 'network'],
  request_timeout: ['connection', 'network'],
  response_too_large: ['authorization_server', 'support'],
  unexpected_redirect: ['portal', 'network'],
  unexpected_content: ['portal', 'network'],
  captive_portal: ['portal', 'network'],
  proxy_refused: ['proxy', 'network'],
  proxy_sign_in: ['proxy', 'store'],
  certificate_untrusted: ['certificate', 'network'],
  certificate_date_invalid: ['certificate', 'network'],
  certificate_invalid: ['certificate', 'network'],
  connection_damaged: ['certificate', 'network'],
  client_certificate_needed: ['authorization_server', 'authorization_server'],
  too_many_requests: ['authorization_server', 'authorization_server'],
  server_error: ['authorization_server', 'authorization_server'],
  response_invalid: ['authorization_server', 'support'],
  signing_keys_unavailable: ['keys', 'authorization_server'],
  signing_keys_refused: ['keys', 'authorization_server'],
  signing_keys_unusable: ['keys', 'authorization_server'],
  // A certificate out of date, judged by a clock that is known to be wrong.
  clock_wrong: ['certificate', 'store'],
  laptop_gone: ['connection', 'store'],
  relay_refused: ['connection', 'store'],
};

export const failureCodes = Object.keys(failures) as readonly FailureCode[];

export function isFailureCode(text: string): text is FailureCode {
  return Object.hasOwn(failures, text);
}

export function remedyOf(code: FailureCode): Remedy {
  return failures[code][0];
}

export function exitOf(code: FailureCode): Exit {
  return failures[code][1];
}

/** Absent if the failure is not one of a request on its way. */
export function wayOf(code: FailureCode): { readonly stage: Stage; readonly fixer: Fixer } | undefined {
  const way = Object.hasOwn(ways, code) ? ways[code as keyof typeof ways] : undefined;
  return way && { stage: way[0], fixer: way[1] };
}

/** False if there is no code. */
export function hasTrait<T extends Trait>(code: FailureCode | undefined, trait: T): code is CodeWith<T> {
  return code !== undefined && (failures[code] as readonly string[]).includes(trait, 2);
}
