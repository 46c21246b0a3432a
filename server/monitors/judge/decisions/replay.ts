import type { Checkpoint, StoredCheckpoint } from '../../../alerts/checkpoints.ts';
import { correctionsOf } from '../../../alerts/corrections.ts';
import { type Episode, episodesOf, type Line } from '../../../alerts/episodes.ts';
import { episodeOf, type Judged, type SeriesMemory, type Told } from '../../../alerts/series.ts';
import type { Outcome } from '../../../alerts/store-outcomes.ts';
import type { Measurement } from '../../../signals/measurement.ts';
import type { AlertRow } from '../../../store/ledger/schema.ts';
import type { Stretch } from '../plan/stretches.ts';
import { type Judgeable, judgeOver } from '../series/judgeable.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** One series that is judged again, piece by piece, from a checkpoint on. */
export class Replay {
  readonly alert: AlertRow;
  /** All checkpoints of the alert. */
  readonly #before: readonly StoredCheckpoint[];
  readonly from: number;
  /** Name of the episode that fires at the beginning. */
  readonly #open: number | null;
  #to: number;
  #memory: SeriesMemory | null;
  #last: Measurement | null = null;
  #judgeable: Judgeable | undefined;
  readonly #told: Told[] = [];
  readonly #checkpoints: Checkpoint[] = [];
  /** The checkpoint at which it had come to where it was before. */
  #settled: StoredCheckpoint | undefined;

  /** Goes on at the event time `from` from what the checkpoint remembers. */
  constructor(alert: AlertRow, before: readonly StoredCheckpoint[], begin: Checkpoint, from: number) {
    this.alert = alert;
    this.#before = before;
    this.from = from;
    this.#to = from;
    this.#memory = begin.memory;
    this.#open = firingName(begin.memory);
  }

  /** What follows is as it was. */
  get settled(): boolean {
    return this.#settled !== undefined;
  }

  /** What was found in the buckets of a stretch; undefined when they are none of this replay. */
  judge(judgeable: Judgeable, stretch: Stretch, everyMs: number): Judged | undefined {
    const from = Math.max(stretch.from, this.from, judgeable.first);
    if (this.settled || judgeable.basis !== this.alert.basis || from >= stretch.to) return undefined;
    const judged = judgeOver(judgeable, { from, to: stretch.to }, this.#memory, everyMs);
    this.#judgeable = judgeable;
    this.#memory = judged.memory;
    this.#last = judged.last;
    this.#to = stretch.to;
    this.#told.push(...judged.transitions);
    this.#checkpoints.push(...judged.checkpoints);
    return judged;
  }

  /** Looks whether it remembers what it remembered at this time before: then nothing later has changed. */
  settleAt(time: number): void {
    const before = this.#before.find((checkpoint) => checkpoint.time === time);
    if (before === undefined || before.basis !== this.alert.basis || this.#to !== time) return;
    if (sameMemory(before.memory, this.#memory)) this.#settled = before;
  }

  /** What is recorded; undefined when all is as it was. `lines`: what was told of the alert, from well before on. */
  outcome(lines: readonly Line[], severity: 'page' | 'ticket'): Outcome | undefined {
    if (this.#judgeable === undefined || this.#memory === null) return undefined;
    const { series, subject, basis } = this.#judgeable;
    const { state, reason } = this.#memory;
    const now = episodesOf(this.#open, this.#told);
    const correction = correctionsOf(this.#toldEpisodes(lines), now, {
      state,
      reason,
      time: this.#to - subject.bucketMs,
    });
    const known = episodesOf(this.#open, [...lines, ...correction.lines]);
    const checkpoints = this.#checkpoints
      .map((checkpoint) => named(checkpoint, now, known))
      .filter((checkpoint) => !this.#isStored(checkpoint));
    const before = JSON.parse(this.alert.memory) as SeriesMemory;
    const memory = this.settled ? before : underName(this.#memory, correction.since);
    const same = JSON.stringify(memory) === this.alert.memory;
    if (same && correction.lines.length === 0 && checkpoints.length === 0) return undefined;
    return {
      series,
      severity,
      previous: this.alert,
      basis,
      memory,
      last: this.settled ? null : this.#last,
      lastTime: this.alert.last_time,
      lines: correction.lines,
      checkpoints,
    };
  }

  /** What was told of the time that was judged again: of what reaches beyond it, that it goes on. */
  #toldEpisodes(lines: readonly Line[]): Episode[] {
    const end = this.settled ? this.#to : FOREVER;
    const told = episodesOf(this.#open, lines)
      .filter(({ firedAt, endedAt }) => endedAt > this.from && firedAt < end)
      .map((episode) => (episode.endedAt < end ? episode : { ...episode, endedAt: FOREVER, end: null }));
    const goesOn = firingName(this.#settled?.memory ?? null);
    if (goesOn !== null && !told.some(({ since }) => since === goesOn))
      told.push(...episodesOf(goesOn, []).map((episode) => ({ ...episode, firedAt: this.#to - 1 })));
    return told;
  }

  #isStored({ time, memory }: Checkpoint): boolean {
    const stored = this.#before.find((checkpoint) => checkpoint.time === time);
    return stored?.basis === this.alert.basis && JSON.stringify(stored.memory) === JSON.stringify(memory);
  }
}

function firingName(memory: SeriesMemory | null): number | null {
  return memory?.state === 'firing' ? episodeOf(memory) : null;
}

/** But for the name of what fires, which is a matter of what was told. */
function sameMemory(a: SeriesMemory | null, b: SeriesMemory | null): boolean {
  const plain = (memory: SeriesMemory | null) => JSON.stringify(memory && { ...memory, episode: undefined });
  return plain(a) === plain(b);
}

function underName(memory: SeriesMemory, since: number | null): SeriesMemory {
  const { episode: _, ...rest } = memory;
  const asTold = memory.state !== 'firing' || since === null || since === memory.since;
  return asTold ? rest : { ...rest, episode: since };
}

/** The checkpoint with the name under which what fires there was told. */
function named({ time, memory }: Checkpoint, now: readonly Episode[], known: readonly Episode[]): Checkpoint {
  if (memory?.state !== 'firing') return { time, memory };
  const episode = now.find(({ firedAt, endedAt }) => firedAt < time && time <= endedAt);
  const told = known.findLast(
    ({ firedAt, endedAt }) => episode && firedAt < episode.endedAt && episode.firedAt < endedAt,
  );
  return { time, memory: underName(memory, told?.since ?? null) };
}
