/** What goes over the pipe between the server and the lake host (IPC, structured clone). */

export interface HostOptions {
  /** Folder of the engine's data. */
  readonly dir: string;
  /** Folder of the insert files; the host's working directory, so that a file is named by its bare name. */
  readonly spoolDir: string;
  /** Arguments of the engine: memory ceiling, threads, caches. */
  readonly engineArguments: readonly string[];
}

/** One text for the engine. It may be several statements joined by `;`; the last one's answer counts. */
export interface RunRequest {
  readonly type: 'run';
  readonly id: number;
  readonly sql: string;
  readonly format: string;
}

export type ToHost = RunRequest | { readonly type: 'ping' };

export type FromHost =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'pong'; readonly rss: number }
  | { readonly type: 'answer'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: 'error'; readonly id: number; readonly message: string };
