/** Tells when the computer woke up or the network came back. */
export interface PowerEvents {
  onResume(listener: () => void): () => void;
  onOnline(listener: () => void): () => void;
}
