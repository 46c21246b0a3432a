/** The server that runs a job of which there is one, as long as it is alive. */
export interface LeaseRow {
  name: string;
  /** Id of a server. */
  holder: string;
  /** Raised with every change of the holder. */
  fence: number;
}

/** A server that is alive, by its heartbeat. `expires_at` is a moment of the database's clock. */
export interface ServerRow {
  id: string;
  /** Where people reach it. */
  address: string;
  started_at: number;
  expires_at: number;
  /** 0 once it stops: it still stores what it has accepted, and others take over what it owned. */
  deciding: 0 | 1;
  /** Every row that it stamped below this is visible, or will never come. */
  visible_to: number;
}

/** A stretch in which no server was awake, by their wall clocks. */
export interface OutageRow {
  from: number;
  to: number;
}

/** The server that rolls up and judges a model, as long as it is alive. */
export interface OwnerRow {
  model: string;
  server: string;
  /** Raised with every change of the owner: a decision under an older one is refused. */
  fence: number;
}
