import type { ColumnFacts } from './facts.ts';

export type ColumnType = 'numeric' | 'categorical' | 'boolean' | 'text' | 'time';

/** A column's type, and the reason why it is not compared when it is not. */
export interface InferredType {
  readonly type: ColumnType;
  readonly skip: null | 'identifier' | 'all_missing' | 'time' | 'nested';
}

/** Share of a column's values that must read as its type; the rest is invalid. */
const MOST = 0.95;
/** Names of a kind: as words of any case, or as the last part of camelCase. */
interface Named {
  readonly words: RegExp;
  readonly camel: RegExp;
}
const CODE: Named = {
  words: /(^|_|\b)(zip|postal|postcode|zipcode|plz|fips|phone|code)(_|\b|code|$)/i,
  camel: /[a-z](Zip|Postcode|Phone|Code)$/,
};
/** What tells entities apart, which may come back. */
const ENTITY: Named = { words: /(^|[_\s.-])(id|uuid|guid)$/i, camel: /[a-z](ID|Id|Uuid|UUID|Guid)$/ };
/** What tells rows apart. */
const ROW: Named = {
  words: /(^|[_\s-])(key|index|instant|row|rownum|row_?no|row_?number|no|nr|seq|sequence)$|^unnamed: ?\d+$/i,
  camel: /[a-z](Key|Index)$/,
};
const TIME: Named = {
  words: /(^|_|\b)(date|datetime|day|time|timestamp|ts|created|updated)(_|\b|$)|_(at|on)$/i,
  camel: /[a-z](Date|Time|Timestamp|At|On)$/,
};
/** Whole dates as numbers: 20260131. */
const DATE_NUMBERS = [19_000_101, 21_001_231] as const;
/** Numbers that are times when the column is named so: seconds to nanoseconds of the years 2001 to 2100. */
const EPOCHS = [1, 1e3, 1e6, 1e9].map((unit) => [1e9 * unit, 4.1e9 * unit] as const);
/** Ids that come back are not compared from this share of distinct values on, or this number of them. */
const MANY_IDS = 0.3;
const MOST_IDS = 1000;
/** A typed text column of at most this many whole numbers holds codes: who means numbers stores numbers. */
const FEW_CODES = 100;
const FREE_TEXT_WORDS = 3;

/**
 * What a column is, from its survey: pure, and the same for the same survey.
 * - text that reads as numbers is numeric, unless it is a code: leading zeros, a name such as "zip" with a fixed length, or
 *   whole numbers that are all too large for a number to hold their digits
 * - exactly two values that are boolean words, or 0 and 1, are boolean
 * - whole numbers that never repeat and count up, and texts that never repeat, are identifiers; so is what is named as an
 *   id and has many values. They are skipped. Few numbers named as an id are categories
 * - texts of several words that hardly repeat are free text
 */
export function inferType(survey: ColumnFacts): InferredType {
  const present = survey.n - survey.missing;
  if (survey.stored === 'other') return { type: 'categorical', skip: 'nested' };
  if (survey.stored === 'time') return { type: 'time', skip: 'time' };
  if (present === 0)
    return { type: survey.stored === 'text' ? 'categorical' : 'numeric', skip: 'all_missing' };
  if (survey.stored === 'boolean' || isBoolean(survey, present)) return { type: 'boolean', skip: null };
  if (survey.stored === 'text' && survey.times >= MOST * present) return { type: 'time', skip: 'time' };
  if (isNumeric(survey, present)) {
    if (isTimeNumber(survey)) return { type: 'time', skip: 'time' };
    if (isEntity(survey, present))
      return isManyIds(survey, present)
        ? { type: 'numeric', skip: 'identifier' }
        : { type: 'categorical', skip: null };
    if (isCode(survey, present))
      return { type: 'categorical', skip: isUnique(survey, present) ? 'identifier' : null };
    return { type: 'numeric', skip: isCounter(survey, present) ? 'identifier' : null };
  }
  if (survey.meanWords >= FREE_TEXT_WORDS && survey.distinct > 0.5 * present && present >= 20)
    return { type: 'text', skip: null };
  if (survey.maxLength > 200 && survey.distinct > 0.2 * present) return { type: 'text', skip: null };
  const unique = isUnique(survey, present) || (isNamed(survey.name, ENTITY) && isManyIds(survey, present));
  return { type: 'categorical', skip: unique ? 'identifier' : null };
}

/** What a format stores as numbers are numbers; infinite ones are invalid, but make no text of the rest. */
function isNumeric({ stored, numbers, infinite }: ColumnFacts, present: number): boolean {
  if (stored === 'number' || stored === 'integer') return true;
  return numbers > 0 && numbers + infinite >= MOST * present;
}

function isBoolean(survey: ColumnFacts, present: number): boolean {
  if (survey.distinct > 2) return false;
  if (survey.booleans === present) return true;
  return survey.integers === present && survey.min === 0 && survey.max === 1;
}

function isTimeNumber({ name, integers, numbers, min, max }: ColumnFacts): boolean {
  if (!isNamed(name, TIME) || min === null || max === null) return false;
  const within = ([from, to]: readonly [number, number]) => min >= from && max <= to;
  return (integers >= numbers && within(DATE_NUMBERS)) || EPOCHS.some(within);
}

/** Digits that name rather than measure. */
function isCode(survey: ColumnFacts, present: number): boolean {
  if (isTooLong(survey)) return true;
  if (survey.integers < MOST * present) return false;
  if (survey.typed && survey.stored === 'text' && survey.distinct <= FEW_CODES) return true;
  if (survey.leadingZeros > 0.01 * present && survey.meanLength > survey.maxLength - 0.5) return true;
  return isNamed(survey.name, CODE) && survey.min !== null && survey.min >= 100 && survey.distinct > 2;
}

/** Whole numbers that are all so large that a number would lose their last digits: account numbers, snowflake ids. */
function isTooLong({ stored, min, max, meanLength, maxLength }: ColumnFacts): boolean {
  if (min === null || max === null || min <= Number.MAX_SAFE_INTEGER) return false;
  const digits = (x: number) => Math.floor(Math.log10(x)) + 1;
  return stored === 'integer' || (meanLength >= digits(min) && maxLength <= digits(max));
}

/** Whole numbers that never repeat and either are named so or fill their range: a row's number. */
function isCounter(survey: ColumnFacts, present: number): boolean {
  if (present < 20 || survey.integers < present || survey.min === null || survey.max === null) return false;
  if (!hardlyRepeats(survey, present)) return false;
  if (isNamed(survey.name, ENTITY) || isNamed(survey.name, ROW)) return true;
  const room = (survey.max - survey.min + 1) / present;
  // Of numbers drawn at random among eight times as many, 6 % repeat.
  return room <= 1.5 || (present >= 1000 && room <= 8 && survey.distinct >= 0.995 * present);
}

function isNamed(name: string, { words, camel }: Named): boolean {
  return words.test(name) || camel.test(name);
}

/** Whole numbers named as an id: they name things, so that their size means nothing. */
function isEntity(survey: ColumnFacts, present: number): boolean {
  return present >= 20 && survey.integers >= present && isNamed(survey.name, ENTITY);
}

function isManyIds({ distinct }: ColumnFacts, present: number): boolean {
  return present >= 20 && (distinct > MOST_IDS || distinct > MANY_IDS * present);
}

function isUnique(survey: ColumnFacts, present: number): boolean {
  return present >= 20 && hardlyRepeats(survey, present);
}

/** What an identifier is, in words: by its values, or by its name where they come back. */
export function whyIdentifier(survey: ColumnFacts): string {
  return hardlyRepeats(survey, survey.n - survey.missing)
    ? 'an identifier: its values hardly repeat'
    : 'an identifier by its name, of many values';
}

function hardlyRepeats({ distinct }: ColumnFacts, present: number): boolean {
  return distinct >= 0.97 * present;
}
