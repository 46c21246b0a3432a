import type { Kysely } from 'kysely';
import type { Ledger } from '../store/ledger/schema.ts';
import type { AlertChange } from './alert-change.ts';
import { type Correlated, correlate, type RulesOf } from './correlate.ts';
import type { Thread } from './thread.ts';
import { type Held, holdGroups } from './thread-store.ts';

/** Several changes of alerts, folded one after the other. */
export function folded(
  threads: readonly Thread[],
  changes: readonly AlertChange[],
  rules: RulesOf,
  newId: () => string,
): Correlated {
  return changes.reduce<Correlated>(
    (all, change) => {
      const next = correlate(all.threads, change, rules, newId);
      return { threads: next.threads, steps: [...all.steps, ...next.steps] };
    },
    { threads, steps: [] },
  );
}

/** The incidents that these changes may fall into; held where `ledger` is a transaction. */
export function holdChanged(
  { ledger }: { readonly ledger: Kysely<Ledger> },
  changes: readonly AlertChange[],
  rules: RulesOf,
): Promise<Held[]> {
  const earliest = Math.min(
    ...changes.map(({ time, since, model }) => Math.min(since, time - rules(model).reopenMs)),
  );
  return holdGroups(ledger, [...new Set(changes.flatMap(({ ties }) => ties))], earliest);
}
