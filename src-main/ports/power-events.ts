/** Tells when the computer woke up, was unlocked by its person, or the network came back, and when it is about to stop. */
export interface PowerEvents {
  onResume(listener: () => void): () => void;
  /** Where the system tells it: Windows and macOS. */
  onUnlock(listener: () => void): () => void;
  onShutdown(listener: () => void): () => void;
  onOnline(listener: () => void): () => void;
}
