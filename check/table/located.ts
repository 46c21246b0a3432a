/** Files of one table, found but not yet looked into. */
export interface Located {
  /** The path or glob as given. */
  readonly pattern: string;
  readonly files: readonly string[];
  /** The first file's beginning, decompressed; whole when shorter than HEAD_BYTES. */
  readonly start: Buffer;
  /** Bytes of all files, decompressed, roughly. */
  readonly bytes: number;
}
