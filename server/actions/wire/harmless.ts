import { MODEL_NAME } from '../../../contract/name.ts';
import { unlinked } from '../../../contract/unlinked.ts';

/**
 * Text with names that senders chose, as a line that a chat, a mail or a pager may show: nothing of them is a mention, a link, markup or a
 * line of its own.
 * `harmless('[x](https://a) @all <!here>')` → '[x]​(https:/​/a) @​all ‹!here›', with a sign of no width behind `]`, the first `/` and `@`
 */
export function harmless(line: string): string {
  const one = line
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '�')
    .replaceAll('<', '‹')
    .replaceAll('>', '›');
  return unlinked(one)
    .replaceAll('](', ']\u200b(')
    .replace(/(?<!\w)@(?=\w)/g, '@\u200b');
}

/**
 * The name of a model as a label, by which programs sort and route: one that models have from the start stays what people wrote into their rules.
 * `labelled('credit.risk')` → 'credit.risk'
 */
export function labelled(name: string): string {
  return MODEL_NAME.test(name) && !/www\./i.test(name) ? name : harmless(name);
}
