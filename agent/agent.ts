import type { Prediction } from '../contract/prediction.ts';
import type { SentProfile } from '../contract/sent-profile.ts';
import { clear, end, makeRoom, save, type Waiting, waiting } from './folder.ts';
import { Piece } from './piece.ts';
import type { Plans } from './plans.ts';
import type { AgentSettings, Say } from './settings.ts';
import { type AgentState, type Loss, readState, writeState } from './state.ts';

/** Models that one agent counts for: what a sender makes up must not fill the memory. */
const MOST_MODELS = 100;

export interface AgentFigures {
  readonly agent: string;
  /** Predictions counted since it started, and those of the piece that is open. */
  readonly counted: number;
  readonly open: number;
  readonly waiting: { readonly pieces: number; readonly predictions: number; readonly bytes: number };
  readonly dropped: Loss | null;
  readonly refused: Loss | null;
}

/**
 * Counts predictions, and keeps what it counted on the disk until it is sent. What it answered for is on the disk within `saveMs`.
 * `await agent.take([{ row, time }]); await agent.save()`
 */
export class Agent {
  readonly settings: AgentSettings;
  readonly #clock: () => number;
  readonly #say: Say;
  readonly #plans: Plans;
  readonly #state: AgentState;
  #piece: Piece;
  #began: number;
  #saved = 0;
  /** A piece that is over and not on the disk as a whole. */
  #ended: { sequence: number; rows: number; profiles: readonly SentProfile[] } | null = null;
  #counted = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    settings: AgentSettings,
    state: AgentState,
    plans: Plans,
    clock: () => number,
    say: Say,
  ) {
    this.settings = settings;
    this.#state = state;
    this.#plans = plans;
    this.#clock = clock;
    this.#say = say;
    this.#piece = new Piece(state.sequence);
    this.#began = clock();
  }

  /** Goes on where the folder ends: a piece that was open is one that waits. */
  static async open(settings: AgentSettings, plans: Plans, clock: () => number, say: Say): Promise<Agent> {
    const { folder, name } = settings;
    await clear(folder);
    await end(folder);
    const state = readState(folder, name);
    const newest = (await waiting(folder)).at(-1);
    state.sequence = Math.max(state.sequence, newest === undefined ? 0 : newest.sequence + 1);
    await writeState(folder, state);
    return new Agent(settings, state, plans, clock, say);
  }

  get name(): string {
    return this.#state.agent;
  }

  /** Makes a model known that predictions came of; false when there are too many. What the server knows of it is asked first. */
  async know(model: string): Promise<boolean> {
    const { models } = this.#state;
    if (models.has(model)) return true;
    if (models.size >= MOST_MODELS) return false;
    const plan = await this.#plans.of(model);
    if (!models.has(model))
      models.set(model, { bucketMs: this.settings.bucketMs, leftOut: [], columns: new Map(), ...plan });
    return true;
  }

  /** Counts a good prediction of a model that is known; how many values were left out since the model has all the columns it may have. */
  add(row: Prediction, time: number): number {
    this.#counted++;
    return this.#piece.add(this.#state.models.get(row.model)!, row, time);
  }

  /** Whether the piece holds as much as it may. */
  get full(): boolean {
    return this.#piece.full;
  }

  /** Writes what was counted, and ends the piece when it is old or large enough. One at a time. */
  tick(force = false): Promise<void> {
    return this.#inTurn(() => this.#tick(force));
  }

  /** One after the other, whatever became of those before: a write that failed is tried again, and ends nothing. */
  #inTurn(write: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(write);
    this.#writing = done.catch(() => {});
    return done;
  }

  async #tick(force: boolean): Promise<void> {
    const { folder, pieceMs, folderBytes } = this.settings;
    const { agent, models } = this.#state;
    const piece = this.#piece;
    if (
      this.#ended === null &&
      piece.rows > 0 &&
      (force || piece.full || this.#clock() - this.#began >= pieceMs)
    ) {
      this.#ended = { sequence: piece.sequence, rows: piece.rows, profiles: piece.profiles(agent, models) };
      // What comes from here on is of the next piece, also where this one cannot be written yet.
      this.#next();
    }
    if (this.#ended === null) {
      if (piece.rows === this.#saved) return;
      const { sequence, rows } = piece;
      await save(folder, { sequence, rows }, piece.profiles(agent, models));
      this.#saved = rows;
      return;
    }
    await save(folder, this.#ended, this.#ended.profiles);
    await end(folder);
    this.#ended = null;
    const gone = await makeRoom(folder, folderBytes);
    if (gone.length > 0) this.#lost('dropped', gone, 'the folder is full');
    await writeState(folder, this.#state);
    await this.#learn();
  }

  #next(): void {
    this.#state.sequence++;
    this.#piece = new Piece(this.#state.sequence);
    this.#began = this.#clock();
    this.#saved = 0;
  }

  /** What the server has learnt of the models meanwhile holds for a piece that counts nothing yet. */
  async #learn(): Promise<void> {
    for (const [model, known] of this.#state.models) {
      const plan = await this.#plans.of(model);
      if (plan === undefined || this.#piece.rows > 0) continue;
      known.bucketMs = plan.bucketMs;
      known.leftOut = plan.leftOut;
      for (const [name, column] of plan.columns) known.columns.set(name, column);
    }
  }

  /** Notes that something will not arrive, and says so. */
  #lost(what: 'dropped' | 'refused', pieces: readonly Pick<Waiting, 'rows'>[], why: string): void {
    const rows = pieces.reduce((sum, piece) => sum + piece.rows, 0);
    const before = this.#state[what] ?? { pieces: 0, predictions: 0 };
    this.#state[what] = {
      pieces: before.pieces + pieces.length,
      predictions: before.predictions + rows,
      last: new Date(this.#clock()).toISOString(),
      why,
    };
    this.#say(`${pieces.length} pieces of ${rows} predictions were ${what}: ${why}`);
  }

  /** The server took not all of a piece. */
  async refused(piece: Waiting, why: string): Promise<void> {
    this.#lost('refused', [piece], why);
    await this.#inTurn(() => writeState(this.settings.folder, this.#state));
  }

  async figures(): Promise<AgentFigures> {
    const pieces = await waiting(this.settings.folder);
    return {
      agent: this.name,
      counted: this.#counted,
      open: this.#piece.rows,
      waiting: {
        pieces: pieces.length,
        predictions: pieces.reduce((sum, { rows }) => sum + rows, 0),
        bytes: pieces.reduce((sum, { bytes }) => sum + bytes, 0),
      },
      dropped: this.#state.dropped,
      refused: this.#state.refused,
    };
  }
}
