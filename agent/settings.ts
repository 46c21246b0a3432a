/** What an agent is told when it starts. */
export interface AgentSettings {
  /** Where pieces wait until they are sent. */
  readonly folder: string;
  /** Its name, by which people know it. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Where pieces are sent; nowhere when absent: they are exported. */
  readonly server: { readonly url: string; readonly key: string } | undefined;
  /** After how long a piece ends and is sent, and how often what was counted is written to the disk, in milliseconds. */
  readonly pieceMs: number;
  readonly saveMs: number;
  /** Length of the stretches that are counted as one where the server says nothing else. */
  readonly bucketMs: number;
  /** Bytes that waiting pieces may take; the oldest give way. */
  readonly folderBytes: number;
}

/** Says one thing that happened, for people. */
export type Say = (line: string) => void;
