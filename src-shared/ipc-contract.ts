import { z } from 'zod/mini';
import { alertCauses } from './alert.ts';
import type { ConsoleState } from './console-state.ts';
import type { ExportOutcome } from './export-outcome.ts';
import type { HistoryView } from './history-view.ts';
import type { IpcCall, IpcEvent } from './ipc-channels.ts';
import { type ClientView, type LocalApiView, localApiSettingsSchema, newClientSchema } from './local-api-view.ts';
import { pageFailureSchema } from './page-failure.ts';
import type { PeersView } from './peer-verdict.ts';
import type { Place } from './place.ts';
import { quietHoursSchema } from './quiet-hours.ts';
import type { Result } from './result.ts';
import { profileSettingsSchema } from './server-profile.ts';
import { licenseFieldOrder } from './words/license-fields.ts';

/**
 * Every call from the screen to main, with the schema of its payload, as one value from which both ends are derived.
 * Every call resolves to a Result and never rejects. The screen sends intents; it never decides validity.
 */
const nothing = z.undefined();
const pixels = z.number().check(z.gte(0), z.lte(20_000));

export const ipcCalls = {
  /** The current snapshot. */
  'console.read': nothing,
  /** Dismisses a notice. */
  'notice.dismiss': z.object({ id: z.string().check(z.maxLength(100)) }),

  /** A part of the window could not be shown: for the log. */
  'page.failed': pageFailureSchema,
  /** Loads the console's page from its beginning. */
  'page.reload': nothing,

  /** Checks an Authorization server's address by discovery and says the issuer as the server writes it. */
  'profile.check': z.object({ issuer: z.string().check(z.maxLength(4000)) }),
  /** Checks and keeps the settings of the current profile, or makes the first one. */
  'profile.save': profileSettingsSchema,
  /** Checks and keeps another server's profile, and makes it the current one. */
  'profile.add': profileSettingsSchema,
  /** Shows another server. */
  'profile.choose': z.object({ id: z.string().check(z.maxLength(64)) }),

  /** Step 3, Next: asks for a User Code. */
  'acquisition.start': nothing,
  /** Complete Authorization: "check now", never earlier than the interval allows. */
  'acquisition.complete': nothing,
  'acquisition.cancel': nothing,
  /** Back to the steps after a failure. */
  'acquisition.reset': nothing,
  'acquisition.copy_user_code': nothing,
  /** Copies the verification address as it is shown. */
  'acquisition.copy_verification_address': nothing,
  /** Shows the verification address in the pane; with the code filled in where the server offers that. */
  'acquisition.open_verification': z.object({ codeFilledIn: z.boolean() }),

  /** Lets the operating system ask for the keychain's password. */
  'keychain.unlock': nothing,

  'license.refresh': nothing,
  /** Removes here and revokes at the server; `hereOnly` leaves the authorization open at the server. */
  'license.remove': z.object({ hereOnly: z.boolean() }),
  'license.dismiss_removal': nothing,
  /** Copies one shown field, by its name. */
  'license.copy_field': z.object({
    field: z.enum(licenseFieldOrder),
  }),
  'license.print': nothing,

  /** The answer to "keep running?" when the window is closed; it is kept, and the window closes. */
  'background.answer': z.object({ keepRunning: z.boolean() }),
  /** The window stays open after all. */
  'background.stay_open': nothing,
  'background.keep_running': z.object({ on: z.boolean() }),
  'background.start_at_login': z.object({ on: z.boolean() }),

  /** What happened to the license of the server that is shown. */
  'history.read': nothing,
  /** Lets the person save all of it as a CSV file. */
  'history.export': nothing,

  /** The local license API, and the clients of the server that is shown. */
  'local_api.read': nothing,
  'local_api.change': localApiSettingsSchema,
  /** Its secret can be read and copied until it is left. */
  'local_api.create_client': newClientSchema,
  'local_api.revoke_client': z.object({ id: z.string().check(z.maxLength(64)) }),
  /** The secret of the client that was created last, while the console still has it; as `toldSecret` in the state says. */
  'local_api.read_secret': nothing,
  'local_api.copy_secret': nothing,
  /** Copies where programs reach it, as long as it is open there. */
  'local_api.copy_address': z.object({ of: z.enum(['socket', 'tcp']) }),
  /** The person leaves the secret: it is forgotten, or they are told first that it was not copied. */
  'local_api.leave_secret': nothing,
  /** The registers and servers that presented a token lately. */
  'peers.read': nothing,
  /** Copies what support needs to know of one of them, by its key. */
  'peers.copy': z.object({ key: z.string().check(z.maxLength(4000)) }),

  /** Opens or collapses the pane. */
  'pane.show': z.object({ open: z.boolean() }),
  /** Where the pane goes, in CSS pixels of the console's page. */
  'pane.place': z.object({ x: pixels, y: pixels, width: pixels, height: pixels, visible: z.boolean() }),
  'pane.split': z.object({ percent: z.number().check(z.gte(10), z.lte(90)) }),
  'pane.back': nothing,
  'pane.reload': nothing,
  'pane.home': nothing,
  'pane.zoom': z.object({ change: z.enum(['in', 'out', 'reset']) }),
  'pane.focus': nothing,
  'pane.open_in_browser': nothing,
  'pane.sign_out': nothing,
  'pane.sign_out_when_finished': z.object({ on: z.boolean() }),

  /** Not to be heard of until tomorrow; refused in the last 24 hours before something stops. */
  'alert.snooze': z.object({ profileId: z.string().check(z.maxLength(64)), cause: z.enum(alertCauses) }),
  /** Goes to the server that an alert is about, and to where its matter is. */
  'alert.show': z.object({ profileId: z.string().check(z.maxLength(64)), cause: z.enum(alertCauses) }),
  'notifications.quiet_hours': quietHoursSchema,
  /** Shows a notification of the operating system, to see whether they come. */
  'notifications.test': nothing,

  /** Copies what support needs to know of a failure: codes and times, no secrets. */
  'support.copy': z.object({ code: z.string().check(z.maxLength(100)) }),
} as const satisfies Record<IpcCall, z.ZodMiniType>;

export type { IpcCall, IpcEvent } from './ipc-channels.ts';

export type IpcRequest<C extends IpcCall> = z.infer<(typeof ipcCalls)[C]>;

interface IpcValues {
  'local_api.read': LocalApiView;
  'local_api.create_client': ClientView;
  'local_api.read_secret': string;
  'peers.read': PeersView;
  'console.read': ConsoleState;
  'profile.check': { issuer: string };
  'history.read': HistoryView;
  'history.export': ExportOutcome;
}
export type IpcValue<C extends IpcCall> = C extends keyof IpcValues ? IpcValues[C] : null;

/** Main's answers, one handler a call. */
export type IpcHandlers = { [C in IpcCall]: (request: IpcRequest<C>) => Promise<Result<IpcValue<C>>> };

/** The handlers of the calls whose names begin with these words. */
export type HandlersOf<Prefix extends string> = {
  [C in IpcCall as C extends `${Prefix}.${string}` ? C : never]: IpcHandlers[C];
};

/** Events from main to the screen. */
export interface IpcEvents extends Record<IpcEvent, unknown> {
  'console.changed': ConsoleState;
  /** F6 was pressed inside the embedded page: focus comes back to the console. */
  'focus.returned': { backwards: boolean };
  /** A notification was clicked: this is where its matter is. */
  'place.asked': Place;
}

/** What the preload script puts on `window.licenseConsole`. */
export interface LicenseConsoleBridge {
  call<C extends IpcCall>(
    call: C,
    ...request: IpcRequest<C> extends undefined ? [] : [IpcRequest<C>]
  ): Promise<Result<IpcValue<C>>>;
  on<E extends IpcEvent>(event: E, listener: (value: IpcEvents[E]) => void): () => void;
}
