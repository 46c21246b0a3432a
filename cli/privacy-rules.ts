import { InvalidArgumentError } from 'commander';
import { PrivacyRule, type PrivacyRules, ruleInWords } from '../contract/privacy.ts';
import { names } from './values.ts';

const SHAPE = /^(drop|hash|bucket):(.+)$/;
const HOW =
  'Rules are drop:email*, hash:*_name, bucket:age=10 (steps of numbers), bucket:postcode=2c (characters of text).';

/** Rules between commas; "" for none. `privacyRules('drop:email*, bucket:age=10')` → two rules */
export function privacyRules(text: string): PrivacyRules {
  return names(text).map(ruleFrom);
}

function ruleFrom(text: string): PrivacyRule {
  const [, action, rest = ''] = SHAPE.exec(text) ?? [];
  const [, columns = rest, amount, unit] =
    action === 'bucket' ? (/^(.+)=([\d.]+)(c?)$/.exec(rest) ?? []) : [];
  const bucket = amount === undefined ? {} : { [unit === 'c' ? 'characters' : 'width']: Number(amount) };
  const rule = PrivacyRule.safeParse({ columns, action, ...bucket });
  if (rule.success) return rule.data;
  const why = action === undefined ? '' : ` It ${rule.error.issues[0]!.message}.`;
  throw new InvalidArgumentError(`"${text}" is no rule.${why} ${HOW}`);
}

/** One line a rule, for people. */
export function rulesInWords(rules: PrivacyRules): string {
  return rules.map((rule) => `${rule.columns} ${ruleInWords(rule)}`).join(', ') || '–';
}
