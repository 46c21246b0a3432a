import type { PrivacyRules } from '../../../contract/privacy.ts';
import type { Ctx } from '../../context.ts';
import { type Protection, protectionOf } from './protect.ts';
import { type Pseudonym, pseudonymKey, pseudonymsOf } from './pseudonyms.ts';
import { readRules } from './rules.ts';

/** How long rules are believed before the ledger is asked again: another server may have changed them. */
const FRESH_MS = 10_000;

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
  /** How often rules were changed here: what was being read meanwhile is of before. */
  #changes = 0;
  #pseudonym: { key: string; of: Pseudonym } | undefined;

  constructor(ctx: Pick<Ctx, 'ledger' | 'vault' | 'clock'>) {
    this.#ctx = ctx;
  }

  /** Must have resolved a moment ago whenever `of` is asked: what is told then is at most ten seconds old. */
  async refresh(): Promise<void> {
    while (this.#known === undefined || this.#ctx.clock() - this.#known.at > FRESH_MS) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
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

  #fresh(): Known {
    if (this.#known === undefined) throw new Error('rules were asked for before they were read');
    return this.#known;
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
