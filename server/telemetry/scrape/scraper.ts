import type { Ctx } from '../../context.ts';
import type { Fence } from '../../jobs/fence.ts';
import type { RemoteWriteIntake } from '../remote-write/intake.ts';
import type { ConfigFile } from './config-file.ts';
import type { Discovery } from './discovery/discovery.ts';
import { probeTarget } from './probe-target.ts';
import { writeProblems } from './problem-rows.ts';
import type { ConfigProblem } from './read-config.ts';
import { SharedRoom } from './room.ts';
import { endTarget, type Outcome, scrapeTarget } from './scrape-target.ts';
import { NOTHING_SEEN, type Seen } from './scraped-request.ts';
import { isProbed, type Target } from './target.ts';
import { writeTargets } from './target-rows.ts';

/** Scrapes under way at once. */
const MOST_AT_ONCE = 200;
/** A target that is new is scraped within this time, each at a moment of its own. */
const SPREAD_MS = 10_000;

export interface ScraperOptions {
  readonly file: ConfigFile;
  readonly discovery: Discovery;
  readonly intake: Pick<RemoteWriteIntake, 'take'>;
  readonly allowPrivateAddresses: boolean;
}

interface Known {
  target: Target;
  /** By the monotonic clock. */
  dueAt: number;
  seen: Seen;
  running: boolean;
  /** It is no target any more: its series end once the scrape under way has. */
  removed: boolean;
  /** Of its last scrape. */
  outcome: Outcome | undefined;
}

/**
 * Scrapes every target of a file at its time, on the one server that has the lease. `run` looks what is due and begins it; no target waits for
 * another. What was seen of a target is known to one server alone: series that end while another takes over are not marked.
 */
export class Scraper {
  readonly #file: ConfigFile;
  readonly #discovery: Discovery;
  readonly #intake: ScraperOptions['intake'];
  readonly #allowPrivateAddresses: boolean;
  readonly #room = new SharedRoom();
  readonly #ending = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #known = new Map<string, Known>();
  readonly #changed = new Set<Known>();
  #fence = -1;
  #members = false;
  /** As JSON. */
  #told: string | undefined;

  constructor({ file, discovery, intake, allowPrivateAddresses }: ScraperOptions) {
    this.#file = file;
    this.#discovery = discovery;
    this.#intake = intake;
    this.#allowPrivateAddresses = allowPrivateAddresses;
  }

  /** One look: targets that came and went, scrapes that are due, and what became of those before, in the ledger. Errors: lease_lost. */
  async run(ctx: Ctx, fence: Fence): Promise<void> {
    if (fence.fence !== this.#fence) {
      this.#known.clear();
      this.#changed.clear();
      this.#members = true;
      this.#told = undefined;
      this.#fence = fence.fence;
    }
    const { jobs } = await this.#file.read();
    const { targets, problems } = await this.#discovery.find(jobs, ctx.monotonic());
    this.#follow(ctx, targets);
    this.#begin(ctx);
    await this.#tell(ctx, fence, problems);
    const changed = [...this.#changed];
    if (changed.length === 0 && !this.#members) return;
    const members = this.#members ? [...this.#known.keys()] : undefined;
    this.#changed.clear();
    this.#members = false;
    try {
      await writeTargets(
        ctx,
        fence,
        changed.filter(({ removed }) => !removed),
        members,
      );
    } catch (error) {
      for (const known of changed) this.#changed.add(known);
      this.#members ||= members !== undefined;
      throw error;
    }
  }

  /** Ends what is under way, and resolves when it has ended. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#underWay);
  }

  /** Writes what is wrong with where targets are found, whenever that is something else than before. */
  async #tell(ctx: Ctx, fence: Fence, problems: readonly ConfigProblem[]): Promise<void> {
    const told = JSON.stringify(problems);
    if (told === this.#told) return;
    await writeProblems(ctx, fence, problems);
    this.#told = told;
  }

  #follow(ctx: Ctx, targets: readonly Target[]): void {
    const now = ctx.monotonic();
    const wanted = new Map(targets.map((target) => [target.id, target]));
    for (const [id, known] of this.#known) {
      const target = wanted.get(id);
      // The same address, asked in another way.
      if (target?.job === known.target.job) continue;
      if (target !== undefined) {
        known.target = target;
        known.dueAt = Math.min(known.dueAt, now + target.job.intervalMs);
        continue;
      }
      known.removed = true;
      this.#known.delete(id);
      this.#members = true;
      if (!known.running) this.#end(ctx, known);
    }
    for (const target of targets) {
      if (this.#known.has(target.id)) continue;
      const spread = Math.min(target.job.intervalMs, SPREAD_MS);
      const dueAt = now + (numberOf(target.id) % spread);
      const fresh = { seen: NOTHING_SEEN, running: false, removed: false, outcome: undefined };
      const known: Known = { target, dueAt, ...fresh };
      this.#known.set(target.id, known);
      this.#changed.add(known);
      this.#members = true;
    }
  }

  /** Those that have waited longest first. */
  #begin(ctx: Ctx): void {
    const now = ctx.monotonic();
    const due = [...this.#known.values()].filter((known) => !known.running && known.dueAt <= now);
    due.sort((a, b) => a.dueAt - b.dueAt);
    for (const known of due.slice(0, Math.max(0, MOST_AT_ONCE - this.#underWay.size))) {
      const { intervalMs } = known.target.job;
      // At the same moments of its interval, however late this look came.
      known.dueAt += Math.ceil((now - known.dueAt + 1) / intervalMs) * intervalMs;
      known.running = true;
      this.#wait(this.#scrape(ctx, known));
    }
  }

  async #scrape(ctx: Ctx, known: Known): Promise<void> {
    const { target, seen } = known;
    using room = this.#room.open();
    const needs = {
      intake: this.#intake,
      allowPrivateAddresses: this.#allowPrivateAddresses,
      gone: this.#ending.signal,
      room,
    };
    const outcome = isProbed(target)
      ? await probeTarget(ctx, target, seen, needs)
      : await scrapeTarget(ctx, target, seen, needs);
    known.running = false;
    if (this.#ending.signal.aborted) return;
    known.seen = outcome.seen;
    if (known.removed) return this.#end(ctx, known);
    known.outcome = outcome;
    this.#changed.add(known);
  }

  #end(ctx: Ctx, { target, seen }: Known): void {
    this.#wait(endTarget(ctx, target, seen, { intake: this.#intake, gone: this.#ending.signal }));
  }

  #wait(work: Promise<void>): void {
    const waited = work.finally(() => this.#underWay.delete(waited));
    this.#underWay.add(waited);
  }
}

const numberOf = (id: string): number => Buffer.from(id, 'base64url').readUInt32LE(0);
