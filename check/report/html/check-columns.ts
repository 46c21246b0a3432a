/** What a row of a check shows, and by what it sorts. */
export const CHECK_COLUMNS = `
const readFacts = (facts) => ({score: facts && {value: facts[0], low: facts[1], high: facts[2], threshold: facts[3], q: facts[4], id: facts[5] || 'js_distance_base2', reason: facts[6]}});
const lowText = (low, threshold) => low < threshold && Number(low.toFixed(2)) >= threshold ? (Math.floor(1000 * low) / 1000).toFixed(3) : low.toFixed(2);
const scoreText = (s) => !s ? '–' : s.value == null ? (s.reason || '–').replaceAll('_', ' ') : s.low == null ? short(s.value) + ' / ' + short(s.threshold) : s.value.toFixed(2) + ' (' + lowText(s.low, s.threshold) + '–' + s.high.toFixed(2) + ')';
const HEADS = [['at', '#', 'n'], ['name', 'column', ''], ['status', 'status', ''], ['type', 'type', ''], ['score', data.scoreTitle, 'n'], ['', '', ''], ['missing', 'missing', 'n'], ['', 'typical', ''], ['', SIDES[0].title + ' and ' + SIDES[1].title, '']];
const ORDER = {at: (c) => c.at, name: (c) => c.text, status: (c) => WORDS[c.status].i, type: (c) => c.type, score: (c) => -(c.score && c.score.value != null ? c.score.value : -1), missing: (c) => -Math.abs((c.missing[1] || 0) - (c.missing[0] || 0))};
// the interval on a root scale from 0 to 1, with the threshold as a mark
function gauge(s, cls) {
  if (!s || s.low == null || s.value == null) return '';
  const W = 84, x = (v) => 2 + Math.sqrt(Math.max(0, Math.min(1, v))) * (W - 4), ink = cls === 'warn' || cls === 'bad' ? 'var(--' + cls + ')' : 'var(--dim)';
  return svg('svg', {width: W, height: 14, viewBox: '0 0 ' + W + ' 14', 'aria-hidden': 'true'}, svg('line', {x1: 2, x2: W - 2, y1: 7, y2: 7, stroke: 'var(--line)'}), svg('line', {x1: x(s.threshold), x2: x(s.threshold), y1: 1, y2: 13, stroke: 'var(--dim)'}), svg('line', {x1: x(s.low), x2: Math.max(x(s.low) + 1, x(s.high)), y1: 7, y2: 7, stroke: ink, 'stroke-width': 3}), svg('circle', {cx: x(s.value), cy: 7, r: 3, fill: ink}), svg('title', {}, 'interval ' + scoreText(s) + ', threshold ' + short(s.threshold)));
}
const cells = (c, button, w) => [
  el('td', {class: 'n dim'}, count(c.at + 1)), el('td', {}, button), el('td', {class: w.cls + ' nowrap'}, w.mark + ' ' + w.word), el('td', {class: 'dim'}, c.type),
  el('td', {class: 'n'}, scoreText(c.score)), el('td', {}, gauge(c.score, w.cls)), el('td', {class: 'n nowrap'}, share(c.missing[0]) + ' → ' + share(c.missing[1])), el('td', {class: 'dim nowrap'}, typical(c)), el('td', {}, spark(c)),
];
`;
