import { z } from 'zod';

/** Fixed fields that a rule may name, as columns are called; `_source` is who said a label, `_message` what a stage said. Of an id only its hash serves. */
export const PROTECTABLE = [
  '_id',
  '_error',
  '_trace_id',
  '_request_id',
  '_variant',
  '_source',
  '_message',
] as const;

const MOST_RULES = 100;

/**
 * What becomes of the values of columns and tags before anything is stored. `hash`: HMAC-SHA256 with a key that the ledger
 * holds sealed, as `hmac:…`, so that equal values stay equal. `bucket`: numbers become the lower end of a step of `width`; of
 * other text the first `characters` stay (none when absent).
 */
export const PrivacyRule = z
  .object({
    /** The name of a column or tag; `*` stands for any characters, upper and lower case are one. Only `_…` names fixed fields. */
    columns: z.string().min(1, 'must not be empty').max(128, 'must have at most 128 characters'),
    action: z.enum(['drop', 'hash', 'bucket']),
    width: z
      .number()
      .min(1e-9, 'must be at least 0.000000001')
      .max(1e15, 'must be at most 1,000,000,000,000,000')
      .optional(),
    characters: z.number().int().min(1).max(64, 'must be at most 64').optional(),
  })
  .strict()
  .refine(
    ({ action, width, characters }) =>
      action === 'bucket'
        ? width !== undefined || characters !== undefined
        : width === undefined && characters === undefined,
    'a bucket needs a width (of numbers) or characters (of text), and nothing else has them',
  )
  .refine(
    ({ columns, action }) => !columns.startsWith('_') || fixedOf(columns, action).length > 0,
    `of the fixed fields only ${PROTECTABLE.join(', ')} can be protected, and _id only by its hash`,
  );
export type PrivacyRule = z.infer<typeof PrivacyRule>;

export const PrivacyRules = z.array(PrivacyRule).max(MOST_RULES, `there must be at most ${MOST_RULES} rules`);
export type PrivacyRules = z.infer<typeof PrivacyRules>;

/** Rules of all models, also of those that do not exist yet. They go before the rules of a model. */
export const ServerPrivacy = z.object({ rules: PrivacyRules }).strict();
export type ServerPrivacy = z.infer<typeof ServerPrivacy>;

function fixedOf(pattern: string, action: string): string[] {
  return PROTECTABLE.filter((name) => matches(pattern, name) && (name !== '_id' || action === 'hash'));
}

/** Whether a name fits a pattern. `matches('*_name', 'Last_Name')` → true, `matches('*', '_id')` → false */
export function matches(pattern: string, name: string): boolean {
  if (name.startsWith('_') !== pattern.startsWith('_')) return false;
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** The rule of a column: the first that fits. `_id` is only ever hashed. */
export function ruleOf(rules: PrivacyRules, name: string): PrivacyRule | undefined {
  const fixed: readonly string[] = PROTECTABLE;
  return rules.find(
    ({ columns, action }) =>
      matches(columns, name) &&
      (!name.startsWith('_') || (fixed.includes(name) && (name !== '_id' || action === 'hash'))),
  );
}

/** `inWords({ columns: 'age', action: 'bucket', width: 10 })` → 'in steps of 10' */
export function ruleInWords({ action, width, characters }: PrivacyRule): string {
  if (action !== 'bucket') return action === 'drop' ? 'left out' : 'hashed';
  const parts = [
    ...(width === undefined
      ? []
      : [`in steps of ${width.toLocaleString('en-US', { maximumFractionDigits: 9 })}`]),
    ...(characters === undefined
      ? []
      : [`text to ${characters} ${characters === 1 ? 'character' : 'characters'}`]),
  ];
  return parts.join(', ');
}

/** What becomes of the values of a column; null: they are stored as they come. */
export function protectionInWords(rules: PrivacyRules, name: string): string | null {
  const rule = ruleOf(rules, name);
  return rule === undefined ? null : ruleInWords(rule);
}
