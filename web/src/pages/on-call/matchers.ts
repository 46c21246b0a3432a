import type { Matcher } from '../../api/types.ts';

const TEXT = /^(model|owner|priority|cause)\s*(!?=)\s*(.+)$/;

/** What people type, one matcher in each part between commas; null where one is none. `readMatchers('model=a*')` → `[{field:'model',op:'=',value:'a*'}]` */
export function readMatchers(text: string): Matcher[] | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const matchers = parts.map((part): Matcher | null => {
    const [, field, op, value] = TEXT.exec(part) ?? [];
    return field === undefined ? null : ({ field, op, value: value!.trim() } as Matcher);
  });
  return matchers.includes(null) ? null : (matchers as Matcher[]);
}

/** `model = credit-*, priority != P1` */
export function matcherWords(matchers: readonly Matcher[]): string {
  if (matchers.length === 0) return 'every incident';
  return matchers.map(({ field, op, value }) => `${field} ${op} ${value}`).join(', ');
}
