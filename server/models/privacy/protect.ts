import { type PrivacyRule, type PrivacyRules, ruleOf } from '../../../contract/privacy.ts';
import type { Pseudonym } from './pseudonyms.ts';

type Scalar = string | number | boolean;

/** What becomes of values of one model before anything is stored of them. */
export interface Protection {
  readonly rules: PrivacyRules;
  /** The rule of a column or tag; undefined where it is stored as it comes. */
  rule(name: string): PrivacyRule | undefined;
  /** The value as it may be stored; undefined: not at all. */
  value(rule: PrivacyRule, value: Scalar): Scalar | undefined;
}

/** Names whose rule is remembered; senders may make up any number. */
const MOST_NAMES = 10_000;

/** The rules of a model, in their order: the first that fits decides. Pure but for its memory. */
export function protectionOf(rules: PrivacyRules, pseudonym: Pseudonym): Protection {
  const known = new Map<string, PrivacyRule | undefined>();
  return {
    rules,
    rule(name) {
      if (known.has(name)) return known.get(name);
      const rule = ruleOf(rules, name);
      if (known.size >= MOST_NAMES) known.clear();
      known.set(name, rule);
      return rule;
    },
    value(rule, value) {
      if (rule.action === 'drop') return undefined;
      return rule.action === 'hash' ? pseudonym(String(value)) : bucketed(rule, value);
    },
  };
}

/** `bucketed({ width: 10, … }, 37)` → 30; of a text that is no number the first characters stay. To do it twice changes nothing. */
function bucketed({ width, characters }: PrivacyRule, value: Scalar): Scalar | undefined {
  if (typeof value === 'boolean') return undefined;
  const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);
  if (width !== undefined && Number.isFinite(number)) {
    const low = lowerEnd(number, width);
    return typeof value === 'number' ? low : low === undefined ? undefined : String(low);
  }
  if (characters === undefined || typeof value === 'number') return undefined;
  return [...value].slice(0, characters).join('');
}

/** What lies next to an end of a step lies on it, however it was computed. */
function lowerEnd(value: number, width: number): number | undefined {
  const steps = value / width;
  const nearest = Math.round(steps);
  const whole =
    Math.abs(steps - nearest) <= 1e-9 * Math.max(1, Math.abs(nearest)) ? nearest : Math.floor(steps);
  const low = whole * width;
  return Number.isFinite(low) ? low + 0 : undefined;
}
