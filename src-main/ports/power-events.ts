/** Reports when the computer wakes up, when the person unlocks it, when the network comes back, and when it is about to shut down. */
export interface PowerEvents {
  onResume(listener: () => void): () => void;
  /** Only Windows and macOS report it. */
  onUnlock(listener: () => void): () => void;
  onShutdown(listener: () => void): () => void;
  onOnline(listener: () => void): () => void;
}
