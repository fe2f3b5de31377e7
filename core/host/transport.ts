import type { Problem } from '../errors.ts';

/** What carries messages: Electron IPC behind the preload, or a WebSocket. */
export interface Transport {
  /** One message to the host. */
  send(message: string): void;
  /** Hears every message of the host; ends when what comes back is called. */
  onMessage(listener: (message: string) => void): () => void;
  /**
   * Called with false when the host is lost and with true when it is there (again); never at once. `refusal` when it will not be there
   * again for this window, whatever it tries.
   */
  onConnection(listener: (connected: boolean, refusal?: Problem) => void): () => void;
}

/** What `electron/preload.ts` puts on `window.layerloom`. */
export interface PreloadBridge {
  /** One message to the host. */
  send(message: string): void;
  /** Hears every message of the host; ends when what comes back is called. */
  onMessage(listener: (message: string) => void): () => void;
}
