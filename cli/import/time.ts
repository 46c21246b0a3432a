/** Times as files write them, in RFC 3339 or epoch milliseconds; a text without a zone is UTC. What cannot be read stays. */
export function timeOf(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const text = String(value).trim();
  // ten digits and fewer are seconds: as milliseconds they would lie in January 1970 to April 1970
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) < 1e11 ? Number(text) * 1000 : Number(text));
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text) || /^\d{4}-\d\d-\d\d$/.test(text) ? text : `${text}Z`;
  const ms = Date.parse(zoned.replace(/^(\d{4}-\d\d-\d\d) /, '$1T'));
  return Number.isNaN(ms) ? value : ms;
}
