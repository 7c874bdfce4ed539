import { z } from 'zod/mini';
import type { AboutView } from '../support/about-view.ts';
import { alertCauses } from '../notifications/alert.ts';
import { boardKeySchema, type BoardView, mostNoteLength } from '../servers/board.ts';
import type { ConsoleState } from './console-state.ts';
import type { DiagnosticsText } from '../support/diagnostics-view.ts';
import type { HistoryView } from '../history/history-view.ts';
import {
  type ClientView,
  type LocalApiView,
  localApiSettingsSchema,
  newClientSchema,
} from '../registers/local-api-view.ts';
import { longestInstaller } from '../servers/installer-name.ts';
import { licenseFields } from '../license/license-details.ts';
import { pageFailureSchema } from './page-failure.ts';
import type { PeersView } from '../registers/peer-verdict.ts';
import type { AskedPlace } from './place.ts';
import { quietHoursSchema } from '../notifications/quiet-hours.ts';
import type { NearbyLaptop } from '../pairing/pairing.ts';
import type { Result } from '../result.ts';
import { forgottenLicenses, profileSettingsSchema } from '../servers/server-profile.ts';
import { certificateChoiceSchema } from '../authorization-pane/certificate-question.ts';
import { signInAnswerSchema, signInCancelSchema } from '../authorization-pane/sign-in-question.ts';
import { type SupportContactState, supportLinks } from '../support/support-contact.ts';
import { themes } from './theme.ts';

const nothing = z.undefined();
const profileId = z.string().check(z.maxLength(64));
const pairingId = z.string().check(z.maxLength(64));
/** What a person types, or a barcode scanner for them. */
const typedText = z.string().check(z.maxLength(1000));
const pixels = z.number().check(z.gte(0), z.lte(20_000));

/**
 * Every call from the screen to the main process with the schema of its payload. The types of both ends are derived from it.
 * Every call resolves to a Result and never rejects. The screen sends intents; it never decides validity.
 */
export const ipcCalls = {
  /** The current snapshot. */
  'console.read': nothing,
  /** Dismisses a notice. */
  'notice.dismiss': z.object({ id: z.string().check(z.maxLength(100)) }),

  /** Reports to the log that a part of the window could not be shown. */
  'page.failed': pageFailureSchema,
  /** Reloads the console's page. */
  'page.reload': nothing,

  /** Checks an Authorization server's address by discovery, and returns the issuer as the server writes it. */
  'profile.check': z.object({ issuer: z.string().check(z.maxLength(4000)) }),
  /** Checks and stores the settings of the current profile, or creates the first profile. */
  'profile.save': profileSettingsSchema,
  /** Checks and stores another server's profile, and makes it the current one. */
  'profile.add': profileSettingsSchema,
  /** The same for a computer that cannot reach the Authorization server yet: the settings are stored without being checked. */
  'profile.add_unchecked': profileSettingsSchema,
  /** Checks and stores the settings of the profile with that ID. The shown server stays. */
  'profile.edit': z.object({ id: profileId, settings: profileSettingsSchema }),
  /** Gives a server another name, without a request to the Authorization server. */
  'profile.rename': z.object({ id: profileId, serverName: profileSettingsSchema.shape.serverName }),
  /**
   * Forgets a server and deletes what is stored about it. `license`: what happens to a license that it holds: it is removed first, or its
   * authorization stays open at the Authorization server; `none` if the person was asked about a server without one.
   */
  'profile.forget': z.object({ id: profileId, license: z.enum(forgottenLicenses) }),
  /** Shows another server. */
  'profile.choose': z.object({ id: profileId }),

  /** All servers that the console knows, for the page that shows them. */
  'board.read': nothing,
  /** Keeps a note on a server. An empty one deletes it. */
  'board.note': z.object({ key: boardKeySchema, note: z.string().check(z.maxLength(mostNoteLength)) }),
  /** Archives a server, or lists it again. Its license and its alerts stay as they are. */
  'board.archive': z.object({ key: boardKeySchema, archived: z.boolean() }),
  /** Deletes what a server that has no profile here has reported. */
  'board.forget_reported': z.object({ id: profileId }),
  /** Lets the person save the list of all servers as a CSV file. */
  'board.export': nothing,

  /** Step 3, Next: requests a User Code. */
  'acquisition.start': nothing,
  /** Requests a User Code and opens the page for it in the pane, where another device can be chosen. */
  'acquisition.start_over': nothing,
  /** Complete Authorization: "check now", never earlier than the interval allows. */
  'acquisition.complete': nothing,
  'acquisition.cancel': nothing,
  /** Uses a license that seems to be for another server. */
  'acquisition.keep': nothing,
  /** Ends the authorization of such a license, and requests a User Code for another device. */
  'acquisition.undo': nothing,
  'acquisition.copy_user_code': nothing,
  /** Copies the verification address as the screen shows it. */
  'acquisition.copy_verification_address': nothing,
  /** Opens the verification address in the pane. `codeFilledIn`: with the code filled in, if the server offers that. */
  'acquisition.open_verification': z.object({ codeFilledIn: z.boolean() }),

  /** The message by which a store asks a person elsewhere to authorize the current User Code. */
  'head_office.read': nothing,
  'head_office.copy': nothing,
  /** Opens the message in the person's e-mail program. */
  'head_office.mail': nothing,
  /** A QR code with the message is shown. */
  'head_office.show_qr': nothing,

  /** Lets the operating system ask for the keychain's password. */
  'keychain.unlock': nothing,

  /** Check License Now: refreshes the tokens, and shows what that found. */
  'license.check': nothing,
  /** Removes here and revokes at the server; `hereOnly` leaves the authorization open at the server. */
  'license.remove': z.object({ hereOnly: z.boolean() }),
  'license.dismiss_removal': nothing,
  /** Copies one shown field, by its name. */
  'license.copy_field': z.object({ field: z.enum(licenseFields) }),

  /** The answer to "keep running?" when the window is closed. It is stored, and the window closes. */
  'background.answer': z.object({ keepRunning: z.boolean() }),
  /** The answer to "keep helping?" when the window is closed. The window closes. */
  'background.answer_help': z.object({ keepHelping: z.boolean() }),
  /** The person chose not to close the window after all. */
  'background.stay_open': nothing,
  'background.keep_running': z.object({ on: z.boolean() }),
  'background.start_at_login': z.object({ on: z.boolean() }),

  /** The history of the shown server's license. */
  'history.read': nothing,
  /** Lets the person save the whole history as a CSV file. */
  'history.export': nothing,

  /** The local license API, and its clients for the shown server. */
  'local_api.read': nothing,
  'local_api.change': localApiSettingsSchema,
  /** The new client's secret can be read and copied until `local_api.leave_secret`. */
  'local_api.create_client': newClientSchema,
  'local_api.revoke_client': z.object({ id: z.string().check(z.maxLength(64)) }),
  /** The secret of the client that was created last. It is available while the state has a `newClientSecret`. */
  'local_api.read_secret': nothing,
  'local_api.copy_secret': nothing,
  /** Copies the address of the local license API, if it is listening there. */
  'local_api.copy_address': z.object({ of: z.enum(['socket', 'tcp']) }),
  /** The person leaves the secret. It is forgotten; if it was not copied, the person is warned first. */
  'local_api.leave_secret': nothing,
  /** Lets the operating system print the page. */
  'export.print': nothing,
  /** Lets the person save the summary of the license as a PDF file. */
  'export.save_pdf': nothing,
  /** Lets the person save the handover sheet as a PDF file. */
  'export.save_sheet': nothing,
  /** Lets the person save the days of the license as a calendar file. */
  'export.save_calendar': nothing,
  /** Shows the file that was saved last in the system's file manager. */
  'export.show_saved': nothing,

  /** The registers and servers that presented a token recently. */
  'peers.read': nothing,
  /** Copies what support needs to know about one of them. */
  'peers.copy': z.object({ key: z.string().check(z.maxLength(4000)) }),

  /** Starts the operating system's own time service, which then sets the clock. */
  'clock.start_time_service': nothing,
  /** Waits until that service has set the clock, for about a minute at most. */
  'clock.await_setting': nothing,

  /** Who installs servers with this console, as typed last. */
  'handover.read': nothing,
  'handover.keep': z.object({ installedBy: z.string().check(z.maxLength(longestInstaller)) }),

  /** Checks this computer and the way to the shown server. */
  'preflight.start': nothing,
  /** Does the same when the page with *Next* is shown and idle, but only once for each server while the window is open. */
  'preflight.look': nothing,
  'preflight.cancel': nothing,
  /** Copies what the checks found. */
  'preflight.copy': nothing,
  /** Saves what the checks found as a text file, where the person chooses. */
  'preflight.save': nothing,

  /** Collects the diagnostics, which support asks for. The state shows the progress. */
  'diagnostics.collect': nothing,
  /** Ends the collecting, and forgets what was collected. */
  'diagnostics.end': nothing,
  /** The text of one of their files, exactly as it is saved. */
  'diagnostics.read': z.object({ name: z.string().check(z.maxLength(200)) }),
  /** Lets the person save them as one zip. */
  'diagnostics.save': nothing,

  /** Opens or collapses the pane. */
  'pane.show': z.object({ open: z.boolean() }),
  /** The position and size of the pane, in CSS pixels of the console's page. */
  'pane.place': z.object({ x: pixels, y: pixels, width: pixels, height: pixels, visible: z.boolean() }),
  'pane.split': z.object({ percent: z.number().check(z.gte(10), z.lte(90)) }),
  'pane.back': nothing,
  'pane.reload': nothing,
  'pane.home': nothing,
  'pane.zoom': z.object({ change: z.enum(['in', 'out', 'reset']) }),
  'pane.focus': nothing,
  /** Marks a text on the shown page, and goes to its next place. An empty text ends that. */
  'pane.find': z.object({ text: z.string().check(z.maxLength(200)), backwards: z.boolean() }),
  'pane.stop_finding': nothing,
  'pane.open_in_browser': nothing,
  'pane.sign_out': nothing,
  'pane.sign_out_when_finished': z.object({ on: z.boolean() }),

  /** The name and the password that a server of the pane wants. They are used for this sign-in and not kept. */
  'sign_in.answer': signInAnswerSchema,
  /** The client certificate that a server of the pane may get. */
  'sign_in.choose_certificate': certificateChoiceSchema,
  /** The person gives none. The page then shows what the server answers without them. */
  'sign_in.cancel': signInCancelSchema,
  /** Asks for another name and password of the proxy. */
  'sign_in.enter_proxy': nothing,
  'sign_in.forget_proxy': nothing,

  /** Gives the window light or dark colors, or those of the operating system. */
  'appearance.theme': z.object({ theme: z.enum(themes) }),

  /** Offers to help servers without internet get licensed, until the offer ends. */
  'offer.start': nothing,
  'offer.end': nothing,
  /** Dismisses the message about an offer that ended. */
  'offer.dismiss': nothing,
  /** The person confirms that this issuer, which a paired server named, is their Authorization server. */
  'offer.confirm_issuer': z.object({ id: pairingId, issuer: z.string().check(z.maxLength(2000)) }),
  /** The person says that this issuer is not theirs. */
  'offer.refuse_issuer': z.object({ id: pairingId, issuer: z.string().check(z.maxLength(2000)) }),
  /** Ends the pairing with one server. */
  'offer.disconnect': z.object({ id: pairingId }),
  /** Opens the page for the User Code of a paired server in the pane. */
  'offer.authorize': z.object({ id: pairingId }),
  /** Copies the User Code of a paired server. */
  'offer.copy_code': z.object({ id: pairingId }),
  /** The pane is for the shown server again. */
  'offer.leave_pane': nothing,
  /** Pairs the shown server with a laptop, and requests a User Code through it. `code` may be the whole text of the QR code. */
  'laptop.pair': z.object({ address: typedText, code: typedText }),
  'laptop.end': nothing,
  /** Asks the network which laptops offer help. Takes up to two seconds. */
  'laptop.find': nothing,

  /** Hides an alert until tomorrow. Refused in the last 24 hours before something stops. */
  'alert.snooze': z.object({ profileId, cause: z.enum(alertCauses) }),
  /** Shows the server that an alert is about, and opens the page for it. */
  'alert.show': z.object({ profileId, cause: z.enum(alertCauses) }),
  'notifications.quiet_hours': quietHoursSchema,
  /** Shows a test notification of the operating system. */
  'notifications.test': nothing,

  /** What support asks for first. */
  'support.about': nothing,
  /** The support contact that an administrator has set, if any. */
  'support.contact': nothing,
  /** Opens one way to reach support in the program for it, such as the browser. */
  'support.reach': z.object({ by: z.enum(supportLinks) }),
  /** Opens the folder of the log in the system's file manager. */
  'support.open_log_folder': nothing,
  /** Copies what support needs to know about a failure: codes and times, no secrets. */
  'support.copy': z.object({ code: z.string().check(z.maxLength(100)) }),
} as const satisfies Record<string, z.ZodMiniType>;

export type IpcCall = keyof typeof ipcCalls;

/** The calls with a long answer. It crosses to the page as JSON text, because copying an object member by member is slow. */
export const callsAnsweredAsText: ReadonlySet<IpcCall> = new Set(['board.read']);

export type IpcRequest<C extends IpcCall> = z.infer<(typeof ipcCalls)[C]>;

const ofShownServer = [
  'acquisition.',
  'export.',
  'head_office.',
  'keychain.',
  'laptop.pair',
  'license.',
  'local_api.create_client',
  'local_api.revoke_client',
  'profile.save',
];

/** Is the call about the server that the page shows? Then it is refused if main shows another one by the time it arrives. */
export function isOfShownServer(call: IpcCall): boolean {
  return ofShownServer.some((start) => call.startsWith(start));
}

/** The outcome of saving a file, with the name and the folder that the person chose. */
export type ExportOutcome =
  | { readonly state: 'saved'; readonly fileName: string; readonly folder: string }
  | { readonly state: 'cancelled' };

/** Did the time service set the clock? `at`: the time by this computer then, in ms. */
export interface ClockSettingEnd {
  readonly wasSet: boolean;
  readonly at: number;
}

/** A message for a person elsewhere. `mailto`: the address that opens it as an e-mail; absent if that would be too long. */
export interface HeadOfficeMessage {
  readonly lines: readonly string[];
  readonly mailto?: string;
}

interface IpcValues {
  'laptop.find': readonly NearbyLaptop[];
  'clock.await_setting': ClockSettingEnd;
  'head_office.read': HeadOfficeMessage;
  'support.about': AboutView;
  'support.contact': SupportContactState;
  'local_api.read': LocalApiView;
  'local_api.create_client': ClientView;
  'local_api.read_secret': string;
  'peers.read': PeersView;
  'console.read': ConsoleState;
  'profile.check': { issuer: string };
  'board.read': BoardView;
  'board.export': ExportOutcome;
  'diagnostics.read': DiagnosticsText;
  'diagnostics.save': ExportOutcome;
  'history.read': HistoryView;
  'history.export': ExportOutcome;
  'export.save_pdf': ExportOutcome;
  'preflight.save': ExportOutcome;
  'export.save_sheet': ExportOutcome;
  'export.save_calendar': ExportOutcome;
  'handover.read': { readonly installedBy: string };
}
export type IpcValue<C extends IpcCall> = C extends keyof IpcValues ? IpcValues[C] : null;

/** The main process's handlers, one for each call. */
export type IpcHandlers = { [C in IpcCall]: (request: IpcRequest<C>) => Promise<Result<IpcValue<C>>> };

/** The handlers of the calls whose names begin with `Prefix` and a dot. */
export type HandlersOf<Prefix extends string> = {
  [C in IpcCall as C extends `${Prefix}.${string}` ? C : never]: IpcHandlers[C];
};

/** An entry of the menu bar that the page handles. */
export type MenuChoice =
  | 'about'
  | 'print'
  | 'handover'
  | 'find'
  | 'check_license'
  | 'copy_for_support'
  | 'save_diagnostics'
  | 'open_log_folder';

/** Events from the main process to the screen. */
export interface IpcEvents {
  'console.changed': ConsoleState;
  /** F6 was pressed inside the embedded page, so the focus returns to the console. */
  'focus.returned': { backwards: boolean };
  /** A notification was clicked, or a page was chosen in the menu bar. */
  'place.asked': AskedPlace;
  /** A person chose an entry of the menu bar, or pressed its key. */
  'menu.chosen': MenuChoice;
  /** A file of the embedded page was saved, or was not. */
  'download.ended': Result<ExportOutcome>;
}
export type IpcEvent = keyof IpcEvents;

/** What the preload script puts on `window.licenseConsole`. The answers to {@link callsAnsweredAsText} are JSON text. */
export interface LicenseConsoleBridge {
  /** `shownProfileId` is the server that the page shows, null for none. */
  call<C extends IpcCall>(
    call: C,
    request: IpcRequest<C>,
    shownProfileId?: string | null,
  ): Promise<Result<IpcValue<C>> | string>;
  on<E extends IpcEvent>(event: E, listener: (value: IpcEvents[E]) => void): () => void;
}
