import type { SupportContactState } from './support-contact.ts';

/** What support asks for first. None of it is secret. */
export interface AboutView {
  readonly version: string;
  readonly runtime: string;
  /** Name, version and processor of the operating system. */
  readonly os: string;
  readonly keychain: {
    readonly kind: 'credential_manager' | 'keychain' | 'secret_service';
    /** The program that serves as the keychain. Null if there is only one, or if none answers. */
    readonly program: string | null;
  };
  readonly dataFolder: string;
  /** The `run` of this process's lines in the log. */
  readonly run: string;
  /** Whom to ask for support. */
  readonly support: SupportContactState;
}
