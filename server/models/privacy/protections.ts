import type { PrivacyRules } from '../../../contract/privacy.ts';
import type { Ctx } from '../../context.ts';
import { type Protection, protectionOf } from './protect.ts';
import { hasPseudonyms, type Pseudonym, pseudonymKey, pseudonymsOf } from './pseudonyms.ts';
import { readRules } from './rules.ts';

/** How long rules are believed before the ledger is asked again: another server may have changed them. */
const FRESH_MS = 10_000;
/** Names that are remembered; beyond them all are asked about anew. */
const MOST_SEEN = 10_000;

interface Known {
  readonly everywhere: Protection | undefined;
  readonly byModel: ReadonlyMap<string, Protection>;
  readonly at: number;
}

/** The rules of all models, kept in memory so that an event costs no query. */
export class Protections {
  readonly #ctx: Pick<Ctx, 'ledger' | 'vault' | 'clock'>;
  #known: Known | undefined;
  #reading: Promise<void> | undefined;
  /** A reading that begins when the one that goes on has ended. */
  #next: Promise<void> | undefined;
  /** How often rules were changed here: what was being read meanwhile is of before. */
  #changes = 0;
  readonly #seen = new Set<string>();
  #pseudonym: { key: string; of: Pseudonym } | undefined;

  constructor(ctx: Pick<Ctx, 'ledger' | 'vault' | 'clock'>) {
    this.#ctx = ctx;
  }

  /**
   * Must have resolved a moment ago whenever `of` is asked: what is told then is at most ten seconds old. Of models that this server is asked
   * about for the first time it is of after the call: another may just have made them, with rules for their first event.
   */
  async refresh(models: readonly string[] = []): Promise<void> {
    if (models.some((model) => !this.#seen.has(model))) {
      await this.#readNext();
      if (this.#seen.size > MOST_SEEN) this.#seen.clear();
      for (const model of models) this.#seen.add(model);
    }
    while (this.#known === undefined || this.#ctx.clock() - this.#known.at > FRESH_MS) await this.#readNow();
  }

  /** Rules were changed by people: the next event goes by the new ones. */
  forget(): void {
    this.#known = undefined;
    this.#changes++;
  }

  /** What protects the events of a model, also of one that is not there yet; undefined: nothing. */
  of(model: string): Protection | undefined {
    const { byModel, everywhere } = this.#fresh();
    return byModel.get(model) ?? everywhere;
  }

  /** Whether any model has rules: what cannot be read may be one of its events. */
  get any(): boolean {
    const { byModel, everywhere } = this.#fresh();
    return everywhere !== undefined || byModel.size > 0;
  }

  /** The key of pseudonyms, for another process of this server. */
  async key(): Promise<string> {
    this.#pseudonym ??= await this.#pseudonyms();
    return this.#pseudonym.key;
  }

  /** What values are stored as that are hashed, or were while a rule said so; undefined where nothing ever was. */
  async pseudonym(): Promise<Pseudonym | undefined> {
    if (this.#pseudonym === undefined && (await hasPseudonyms(this.#ctx))) await this.key();
    return this.#pseudonym?.of;
  }

  #fresh(): Known {
    if (this.#known === undefined) throw new Error('rules were asked for before they were read');
    return this.#known;
  }

  #readNow(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** What is being read may be of before: the next reading, which all that wait for one share. */
  #readNext(): Promise<void> {
    this.#next ??= Promise.resolve(this.#reading)
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.#readNow();
      });
    return this.#next;
  }

  async #read(): Promise<void> {
    const [at, changes] = [this.#ctx.clock(), this.#changes];
    const { server, models } = await readRules(this.#ctx);
    const all = [server, ...models.values()];
    if (all.some((rules) => rules.some(({ action }) => action === 'hash'))) await this.key();
    const made = (rules: PrivacyRules) =>
      rules.length === 0 ? undefined : protectionOf(rules, (text) => this.#pseudonym!.of(text));
    const byModel = new Map<string, Protection>();
    for (const [model, own] of models) {
      const protection = made([...server, ...own]);
      if (protection !== undefined) byModel.set(model, protection);
    }
    if (changes === this.#changes) this.#known = { everywhere: made(server), byModel, at };
  }

  async #pseudonyms() {
    const key = await pseudonymKey(this.#ctx);
    return { key, of: pseudonymsOf(key) };
  }
}
