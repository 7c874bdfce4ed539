/** RFC 3339, in UTC. */
export type Instant = string;

export type ServerEdition = 'cloud' | 'corporate' | 'store';

/** `GET /v1/license`: the state of this server's license. Members that the license does not name are absent. */
export interface LicenseAnswer {
  readonly server_name: string;
  /** The edition that the console was set up for. */
  readonly profile_edition?: ServerEdition;
  readonly status: 'licensed' | 'requires_renewal' | 'expired' | 'not_licensed';
  readonly renewal?: {
    readonly warns_at?: Instant;
    readonly ends_at?: Instant;
    /** `YYYY-MM-DD`, if the license names a plain date. The license ends at the end of that day in `time_zone`. */
    readonly date?: string;
    readonly time_zone?: string;
    /** The renewal date could not be read, so the end of the license is unknown. */
    readonly date_unclear?: boolean;
  };
  readonly token?: {
    readonly state: 'fine' | 'expires_soon' | 'expired';
    readonly issued_at: Instant;
    readonly warns_at: Instant;
    readonly expires_at: Instant;
  };
  readonly clock:
    | { readonly state: 'right' }
    /** `in_doubt`: there is evidence that this computer's clock is wrong, and the Authorization server is being asked. */
    | { readonly state: 'in_doubt' | 'wrong'; readonly local_at: Instant; readonly trusted_at: Instant };
  readonly judged_at: Instant;
  readonly server_id?: string;
  readonly edition?: ServerEdition;
  readonly organization?: { readonly id: string; readonly name?: string };
  readonly license_id?: string;
  readonly license_name?: string;
  readonly features?: readonly string[];
  readonly hub?: HubAnswer;
  /** Claims of the license token that are present but could not be read. */
  readonly unclear?: readonly { readonly claim: string; readonly value: string }[];
  /** Names of claims that were too long. Their values are cut off. */
  readonly cut?: readonly string[];
  readonly refresh: {
    /** False if the Authorization server issued no refresh token. A person has to authorize again before the token expires. */
    readonly can_refresh?: boolean;
    readonly last_refreshed_at?: Instant;
    readonly next_refresh_at?: Instant;
    readonly last_failure?: FailureAnswer;
  };
  readonly keychain?: FailureAnswer;
}

export interface HubAnswer {
  readonly server_id?: string;
  readonly name?: string;
  readonly url?: string;
}

export interface FailureAnswer {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

/** `GET /v1/token`: this server's license token, to present to its hub. */
export interface TokenAnswer {
  readonly access_token: string;
  /** `DPoP`: the token is bound to a key, and each request that presents it needs a proof (RFC 9449). */
  readonly token_type: 'Bearer' | 'DPoP';
  readonly expires_at: Instant;
  readonly server_id?: string;
}

/** `POST /v1/proof` (RFC 9449 §4.2). */
export interface ProofAnswer {
  readonly proof: string;
}

/** Why a peer's token is not accepted. README.md says what to do about each reason. */
export type PeerReason =
  | 'not_licensed'
  | 'malformed'
  | 'algorithm_unsupported'
  | 'key_unknown'
  | 'key_unknown_offline'
  | 'key_refused'
  | 'signature_invalid'
  | 'type_invalid'
  | 'other_issuer'
  | 'other_audience'
  | 'expired'
  | 'clock_wrong'
  | 'license_details_missing'
  | 'other_organization'
  | 'organization_missing'
  | 'not_our_peer'
  | 'license_expired'
  | 'proof_missing'
  | 'proof_invalid';

/** What a peer's token says about the peer. */
export interface PeerAnswer {
  readonly server_id?: string;
  readonly server_name?: string;
  readonly device_type?: string;
  readonly edition?: ServerEdition;
  readonly organization?: { readonly id: string; readonly name?: string };
  readonly features?: readonly string[];
  readonly hub?: HubAnswer;
  readonly license?: {
    readonly status: 'licensed' | 'requires_renewal' | 'expired';
    readonly warns_at?: Instant;
    readonly ends_at?: Instant;
    /** The renewal date could not be read, so the end of the peer's license is unknown. */
    readonly date_unclear?: boolean;
  };
  readonly issued_at?: Instant;
  readonly expires_at?: Instant;
}

/** `POST /v1/verify`. */
export type VerifyAnswer =
  | {
      readonly accepted: true;
      /** `our_peer`: this server is the peer's hub. `our_hub`: the peer is this server's hub. */
      readonly relation: 'our_peer' | 'our_hub';
      readonly peer: PeerAnswer;
      /**
       * `organization_not_named`: neither license names an organization, so only the hub was compared. `license_expired`: the
       * peer's license has expired, but a setting of the console accepts it.
       */
      readonly warnings: readonly ('organization_not_named' | 'license_expired')[];
      /** The verdict may be reused until then. */
      readonly expires_at: Instant;
      readonly judged_at: Instant;
    }
  | {
      readonly accepted: false;
      readonly reason: PeerReason;
      /** One plain sentence. */
      readonly detail: string;
      /** Whether the issuer signed the token. If false, anybody may have written the values in `peer`. */
      readonly authentic: boolean;
      readonly peer?: PeerAnswer;
      readonly judged_at: Instant;
    };

/** `GET /v1/jwks` (RFC 7517 §5): the public keys that license tokens are signed with. */
export interface KeySetAnswer {
  readonly keys: readonly { readonly kty: string; readonly [member: string]: unknown }[];
}

/** `GET /v1/health`. */
export interface HealthAnswer {
  readonly status: 'ok';
  /** The console's version. */
  readonly version: string;
}

/** `GET /v1/events`: the license after connecting and after each change, and each new license token. */
export type LicenseEvent =
  | { readonly type: 'status'; readonly license: LicenseAnswer }
  | { readonly type: 'token_refreshed'; readonly expires_at: Instant };
