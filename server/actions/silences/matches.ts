import type { Matcher } from '../../../contract/silence.ts';
import type { Concern } from '../concerns.ts';

const PRIORITIES = ['P1', 'P2', 'P3'];

/** Whether all matchers hold for an incident. Pure. Example: `[{ field: 'model', op: '=', value: 'credit-*' }]` holds for one of credit-risk. */
export function matches(matchers: readonly Matcher[], incident: Concern): boolean {
  return matchers.every(({ field, op, value }) => {
    const there = valuesOf(incident, field);
    const fit = there.filter((each) => fits(value, each));
    // What also concerns a model, or somebody, who is not named is not kept from people.
    return op === '=' ? fit.length > 0 && fit.length === there.length : fit.length === 0;
  });
}

/** Whether they hold for every incident there can be: there is none, or none that leaves anything out. */
export function matchesEverything(matchers: readonly Matcher[]): boolean {
  return matchers.every(({ field, op, value }) =>
    field === 'priority'
      ? PRIORITIES.every((each) => fits(value, each) === (op === '='))
      : op === '=' && /^\*+$/.test(value),
  );
}

function valuesOf({ models, owners, priority, causes }: Concern, field: Matcher['field']): readonly string[] {
  if (field === 'model') return models;
  if (field === 'owner') return owners;
  if (field === 'priority') return [priority];
  return causes.slice(0, 1).map(({ kind }) => kind);
}

/** Whether a text is as a pattern has it, where `*` stands for any characters; in time that grows with their lengths alone. */
export function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
