/** Charts of one column: bars of numbers, bars of categories, and the small one in the row. */
export const CHARTS = `
const colour = (side) => side === last ? 'var(--accent)' : 'var(--reference)';
const legend = (what, ns) => el('div', {class: 'legend'}, ...SIDES.map((s, i) => {
  const key = el('span', {class: 'key'});
  key.style.background = colour(i);
  return el('span', {}, key, s.title + ', n = ' + count(ns[i]));
}), el('span', {class: 'dim'}, what));
const rect = (x, y, w, h, attrs, tip) => svg('rect', {x: x.toFixed(1), y: y.toFixed(1), width: Math.max(0.5, w).toFixed(1), height: Math.max(0, h).toFixed(1), ...attrs}, ...(tip ? [svg('title', {}, tip)] : []));
const niceTop = (x) => { const power = 10 ** Math.floor(Math.log10(x)); return [1, 2, 3, 4, 5, 6, 8, 10].map((m) => m * power).find((m) => m >= x * 0.999); };
// bars: [{label, counts}], shares of all rows of a side; special bars (missing, new …) stand apart at the right
function numberChart(name, bars, special, ticks, ns) {
  const W = 860, H = 230, left = 44, base = 186, gap = special.length ? 26 : 0, slot = 58;
  const room = W - left - 8 - gap - special.length * slot, step = Math.min(110, room / bars.length);
  const of = (n, i) => n / Math.max(1, ns[i]);
  const top = niceTop(Math.max(1e-6, ...[...bars, ...special].flatMap((b) => b.counts.map(of))));
  const y = (x) => base - (x / top) * (base - 14);
  const root = svg('svg', {class: 'chart', viewBox: '0 0 ' + W + ' ' + H, role: 'img', 'aria-label': 'Distribution of ' + name + ': ' + SIDES.map((s) => s.title).join(' against ') + ', share of rows in each bar; the counts stand in the table below'});
  for (const part of [0, 0.5, 1]) root.append(svg('line', {x1: left, x2: W - 8, y1: y(top * part), y2: y(top * part), stroke: 'var(--line)'}), svg('text', {x: left - 6, y: y(top * part) + 4, 'text-anchor': 'end'}, share(top * part)));
  const tip = (b) => b.label + '\\n' + SIDES.map((s, i) => s.title + ': ' + share(of(b.counts[i], i)) + ', n = ' + count(b.counts[i])).join('\\n');
  const thin = step < 14 || bars.length > 14;
  const draw = (b, x, w) => {
    const g = svg('g');
    b.counts.forEach((n, i) => {
      const h = n > 0 ? Math.max(1, base - y(of(n, i))) : 0;
      if (SIDES.length === 1) g.append(rect(x + 0.5, base - h, w - 1, h, {fill: colour(i)}));
      else if (thin) g.append(i < last ? rect(x, base - h, w, h, {fill: colour(i)}) : rect(x, base - h, w, h, {fill: colour(i), 'fill-opacity': 0.28}));
      else g.append(rect(x + w * (0.08 + i * 0.43), base - h, w * 0.41, h, {fill: colour(i)}));
    });
    g.append(rect(x, 14, w, base - 14, {fill: 'transparent'}, tip(b)));
    root.append(g);
  };
  bars.forEach((b, i) => draw(b, left + i * step, step));
  if (thin && SIDES.length > 1) root.append(svg('path', {fill: 'none', stroke: colour(last), 'stroke-width': 2, d: bars.map((b, i) => (i ? 'L' : 'M') + (left + i * step).toFixed(1) + ' ' + y(of(b.counts[last], last)).toFixed(1) + 'H' + (left + (i + 1) * step).toFixed(1)).join('')}));
  const every = Math.ceil(ticks.length / Math.max(2, Math.floor(room / 78)));
  ticks.forEach(([label, at], i) => { if (i % every === 0) root.append(svg('text', {x: left + at * step, y: base + 15, 'text-anchor': 'middle'}, label)); });
  special.forEach((b, i) => {
    const x = Math.min(W - 8 - special.length * slot, left + bars.length * step + gap) + i * slot;
    draw(b, x + 8, slot - 16);
    root.append(svg('text', {x: x + slot / 2, y: base + 15, 'text-anchor': 'middle'}, b.label));
  });
  root.append(svg('line', {x1: left, x2: W - 8, y1: base, y2: base, stroke: 'var(--dim)'}));
  return root;
}
function categoryChart(name, bins, ns) {
  const W = 860, label = 220, bar = 7, row = SIDES.length * bar + 9, H = bins.length * row + 6, room = W - label - 190;
  const of = (n, i) => n / Math.max(1, ns[i]);
  const most = Math.max(1e-9, ...bins.flatMap((b) => b.counts.map(of)));
  const root = svg('svg', {class: 'chart', viewBox: '0 0 ' + W + ' ' + H, role: 'img', 'aria-label': 'Categories of ' + name + ', share of rows in each; the counts stand in the table below'});
  bins.forEach((b, at) => {
    const top = at * row + 4, middle = top + SIDES.length * bar / 2 + 4;
    const text = b.label === '' ? '(empty)' : b.label.length > 34 ? b.label.slice(0, 33) + '…' : b.label;
    root.append(svg('text', {class: b.kind === 'category' ? 'label' : '', x: label - 8, y: middle, 'text-anchor': 'end'}, text, svg('title', {}, b.label)));
    b.counts.forEach((n, i) => root.append(rect(label, top + i * bar, n > 0 ? Math.max(1, of(n, i) / most * room) : 0, bar - 1, {fill: n > 0 ? colour(i) : 'none'}, SIDES[i].title + ': ' + share(of(n, i)) + ', n = ' + count(n))));
    root.append(svg('text', {x: label + Math.max(...b.counts.map((n, i) => of(n, i))) / most * room + 8, y: middle}, b.counts.map((n, i) => share(of(n, i))).join(' → ')));
  });
  return root;
}
function spark(c) {
  const d = c.detail;
  if (!d) return el('span', {class: 'dim'}, '');
  const counts = d.bars ? d.bars.counts : SIDES.map((_, i) => d.bins.filter((b) => b[1] !== 'missing' && b[1] !== 'invalid').map((b) => b[2 + i]));
  const size = counts[0].length;
  if (!size) return '';
  const W = 120, H = 22, step = W / size;
  const shares = counts.map((xs) => { const all = Math.max(1, sum(xs)); return xs.map((x) => x / all); });
  const most = Math.max(1e-9, ...shares.flat());
  const root = svg('svg', {width: W, height: H, viewBox: '0 0 ' + W + ' ' + H, 'aria-hidden': 'true'});
  const y = (x) => H - 1 - x / most * (H - 3);
  shares[0].forEach((x, i) => x > 0 && root.append(rect(i * step + 0.5, y(x), step - 1, H - 1 - y(x), {fill: last ? 'var(--reference)' : 'var(--accent)'})));
  if (last) root.append(svg('path', {fill: 'none', stroke: 'var(--accent)', 'stroke-width': 1.5, d: shares[1].map((x, i) => (i ? 'L' : 'M') + (i * step).toFixed(1) + ' ' + y(x).toFixed(1) + 'H' + ((i + 1) * step).toFixed(1)).join('')}));
  return root;
}
`;
