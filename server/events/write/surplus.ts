import { counted } from '../../../contract/counted.ts';

/** Features of one model that were left out, because it has as many columns as it may. */
export interface Surplus {
  /** Values that were left out. */
  readonly values: number;
  /** Some of their names. */
  readonly names: readonly string[];
  /** When the last one was, in epoch milliseconds. */
  readonly at: number;
}

/** Names that are told; senders may make up any number. */
const NAMED = 3;

/** What was left out so far, and more. `more(undefined, ['a'], 0)` → { values: 1, names: ['a'], at: 0 } */
export function more(before: Surplus | undefined, names: readonly string[], at: number): Surplus {
  return {
    values: (before?.values ?? 0) + names.length,
    names: [...new Set([...(before?.names ?? []), ...names.slice(0, NAMED)])].slice(0, NAMED),
    at,
  };
}

/** What was left out before and now. */
export function joined(before: Surplus | undefined, now: Surplus): Surplus {
  const all = more(before, now.names, now.at);
  return { ...all, values: (before?.values ?? 0) + now.values };
}

/** `saidOf('credit', { values: 2, names: ['a', 'b'], at: 0 }, 1000)` → 'credit has 1,000 feature columns, …' */
export function saidOf(model: string, { values, names }: Surplus, columns: number): string {
  const of = names.map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name)).join(', ');
  return `${model} has ${columns.toLocaleString('en')} feature columns, as many as a model may have: ${counted(values, 'value')} of other features (${of}${values > names.length ? ' …' : ''}) ${values === 1 ? 'was' : 'were'} left out, the rest of each row is stored`;
}
