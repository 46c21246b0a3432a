/** What one look at the installation found. `fix` says what to do when it is not fine. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
  readonly fix?: string;
}

export interface Installation {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  /** A ClickHouse server takes the place of the embedded lake. */
  readonly lakeUrl: string | undefined;
}
