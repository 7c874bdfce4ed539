/** What a peer presents: its license token and, if that is bound to a key, a proof that the peer holds the key. */
export interface PresentedToken {
  readonly token: string;
  readonly proof?: PresentedProof;
}

/** A proof of possession and the request that it came with (RFC 9449 §4.2, §4.3). */
export interface PresentedProof {
  readonly proof: string;
  readonly method: string;
  readonly url: string;
}
