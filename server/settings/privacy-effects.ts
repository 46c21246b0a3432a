import type { ChangeEffects } from '../../contract/model.ts';
import { type PrivacyRules, protectionInWords, ruleInWords, ruleOf } from '../../contract/privacy.ts';
import type { ColumnRow } from '../store/ledger/schema.ts';

type Effect = ChangeEffects['items'][number];

/**
 * What rules of a model do to its columns, in sentences: what is stored of them stays as it is, and numbers that are hashed
 * do not fit their column any more. Pure.
 */
export function privacyEffects(
  rules: PrivacyRules,
  columns: readonly Pick<ColumnRow, 'name' | 'type'>[],
  { server, before }: { readonly server: PrivacyRules; readonly before: PrivacyRules },
): Effect[] {
  const told = columns.flatMap(({ name, type }) => {
    const rule = ruleOf([...server, ...rules], name);
    if (rule === undefined || protectionInWords([...server, ...before], name) === ruleInWords(rule))
      return [];
    const misfit =
      rule.action === 'hash' && type === 'numeric'
        ? '; hashes are no numbers, so they count as invalid until the column is deleted and comes anew'
        : '';
    return [
      `${name} is ${ruleInWords(rule)} from now on${misfit}. What is stored of it stays as it is: delete the column to remove that`,
    ];
  });
  const sentences =
    told.length > 0 ? told : ['Holds for what is sent from now on; no column of the model is concerned yet'];
  return sentences.map((sentence) => ({ field: 'privacy', sentence, seconds: null }));
}
