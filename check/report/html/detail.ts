import { ABOUT_TESTS } from './about-tests.ts';

/** What an opened row shows: sentences, chart, figures, tests, counts. */
export const DETAIL = `
const ABOUT = ${JSON.stringify(ABOUT_TESTS)};
// what is typical: the mean of numbers, the most frequent category and its share
function typical(c) {
  const d = c.detail;
  if (!d) return '';
  const mean = d.summary.find(([name]) => name === 'mean');
  if (mean) return 'mean ' + mean.slice(1).map(short).join(' → ');
  const first = d.bins.find((b) => b[1] === 'category');
  if (!first) return '';
  const all = SIDES.map((_, i) => Math.max(1, sum(d.bins.map((b) => b[1] === 'missing' ? 0 : b[2 + i]))));
  return '"' + (first[0].length > 22 ? first[0].slice(0, 21) + '…' : first[0]) + '" ' + SIDES.map((_, i) => share(first[2 + i] / all[i])).join(' → ');
}
function detail(c) {
  const d = c.detail;
  const parts = c.why.map((reason) => el('p', {class: 'why'}, reason.charAt(0).toUpperCase() + reason.slice(1) + '.'));
  if (c.score) parts.push(el('p', {class: 'dim'}, 'Score ' + scoreText(c.score) + ', threshold ' + short(c.score.threshold) + (c.score.q == null ? '' : ', q ' + (c.score.q < 1e-4 ? '< 0.0001' : '= ' + short(c.score.q))) + ' (' + c.score.id + ').'));
  if (!d) { parts.push(el('p', {class: 'dim'}, 'Its distribution is left out of this page, which stays small; the JSON report has it.')); return parts; }
  const ns = SIDES.map((s) => s.n);
  const bins = d.bins.map(([label, kind, ...counts]) => ({label, kind, counts}));
  const odd = bins.filter((b) => !['range', 'category'].includes(b.kind) && sum(b.counts) > 0);
  const regular = bins.filter((b) => ['range', 'category'].includes(b.kind));
  if (d.bars && d.bars.counts[0].length) {
    const {edges, scale, counts} = d.bars;
    const bars = counts[0].map((_, i) => ({label: short(edges[i]) + ' – ' + short(edges[i + 1]), counts: counts.map((xs) => xs[i])}));
    const special = odd.filter((b) => ['missing', 'invalid'].includes(b.kind));
    parts.push(legend('share of all rows in each bar' + (scale === 'asinh' ? '; axis logarithmic in its tails' : ''), ns), numberChart(c.name, bars, special, edges.map((edge, i) => [short(edge), i]), ns));
  } else if (regular.some((b) => b.kind === 'range')) {
    parts.push(legend('share of all rows with each value', ns), numberChart(c.name, regular, odd, regular.map((b, i) => [b.label, i + 0.5]), ns));
  } else if (bins.length) parts.push(legend('share of all rows in each category', ns), categoryChart(c.name, [...regular, ...odd], ns));
  const blocks = [];
  if (d.summary.length) blocks.push(el('div', {}, el('h3', {}, 'Figures, in the unit of the column'), last ? table(['', ...SIDES.map((s) => s.title)], d.summary.map(([name, ...xs]) => [name, ...xs.map(short)])) : table(d.summary.map(([name]) => name), [d.summary.map(([, x]) => short(x))], 'fit inline figures')));
  if (d.tests.length) blocks.push(el('div', {}, el('h3', {}, 'Tests beside the score'), table(['test', 'value', 'p', 'what it is'], d.tests.map(([id, value, p]) => [id, typeof value === 'string' ? value : short(value), p == null ? '' : p === 0 ? '< 1e−300' : short(p), ABOUT[id] || '']), 'fit inline words')));
  if (blocks.length) parts.push(el('div', {class: 'sides'}, ...blocks));
  if (bins.length) {
    const title = last ? 'Counts in the ' + bins.length + ' frozen bins that the score stands on' : 'Counts';
    const head = ['bin', ...SIDES.flatMap((s) => [s.title + ' n', 'share']), ...(last ? ['points'] : [])];
    parts.push(el('details', {}, el('summary', {}, title), table(head, bins.map((b) => [b.label === '' ? '(empty)' : b.label, ...b.counts.flatMap((n, i) => [count(n), share(n / Math.max(1, ns[i]))]), ...(last ? [points(b.counts[1] / Math.max(1, ns[1]) - b.counts[0] / Math.max(1, ns[0]))] : [])]))));
  }
  return parts;
}
`;
