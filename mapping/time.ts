/**
 * Times as files write them, in RFC 3339 or epoch milliseconds; a text without a zone is UTC. What cannot be read stays,
 * also what can be read in two ways: 03/04/2026. `timeOf('31.1.2026 10:00')` → 1769853600000
 */
export function timeOf(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const text = String(value).trim();
  if (/^\d+(\.\d+)?$/.test(text) && !WHOLE_DATE.test(text))
    return Math.round(Number(text) / perMs(Number(text)));
  if (TWO_WAYS.test(text)) return value;
  const day = text.replace(WHOLE_DATE, '$1-$2-$3').replace(DAY_FIRST, dayFirst).replace(SLASHED, dayLast);
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(day) || /^\d{4}-\d\d-\d\d$/.test(day) ? day : `${day}Z`;
  const ms = Date.parse(zoned.replace(/^(\d{4}-\d\d-\d\d) /, '$1T'));
  return Number.isNaN(ms) ? value : ms;
}

/** 20260131: as seconds it would lie in 1970. */
const WHOLE_DATE = /^((?:19|20)\d\d)(\d\d)(\d\d)(?=$|T)/;
const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})/;
/** 03/04/2026: the third of April, or the fourth of March. */
const TWO_WAYS = /^\d{1,2}[/-]\d{1,2}[/-]\d{2,4}/;
const SLASHED = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})/;

const dayLast = (_: string, year: string, month: string, day: string) =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
const dayFirst = (_: string, day: string, month: string, year: string) => dayLast(_, year, month, day);

/** An epoch's unit by its size: eleven digits and fewer are seconds, then milliseconds, micro- and nanoseconds. */
function perMs(epoch: number): number {
  if (epoch < 1e11) return 1e-3;
  if (epoch < 1e14) return 1;
  return epoch < 1e17 ? 1e3 : 1e6;
}
