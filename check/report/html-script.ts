/**
 * The page's behaviour, as the browser runs it: builds elements from the embedded report with textContent only, so that
 * no name from a file can become markup. Plain JavaScript: the page has no build step and no dependency.
 */
export const PAGE_SCRIPT = `
'use strict';
const report = JSON.parse(document.getElementById('report').textContent);
const page = document.getElementById('page');
const WORDS = {quality:['■','quality','bad'],drift:['▲','drift','warn'],ok:['●','ok','good'],not_enough_data:['◌','not enough data','dim'],skipped:['○','skipped','dim']};
const el = (tag, attrs = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs)) k.startsWith('on') ? node.addEventListener(k.slice(2), v) : node.setAttribute(k, v);
  node.append(...children);
  return node;
};
const svg = (tag, attrs, text) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [k, v] of Object.entries(attrs)) node.setAttribute(k, v);
  if (text !== undefined) node.textContent = text;
  return node;
};
const count = (n) => n.toLocaleString('en-US');
const share = (x) => x === null || x === undefined ? '–' : x === 0 ? '0 %' : x < 0.001 ? '<0.1 %' : (100 * x).toFixed(x < 0.1 ? 1 : 0) + ' %';
const short = (x) => x === null || x === undefined ? '–' : String(Number(x.toPrecision(4)));
const interval = (m) => !m ? '' : m.value === null ? (m.reason || '–').replaceAll('_', ' ') : short(m.value) + (m.low != null && m.high != null ? ' (' + short(m.low) + '–' + short(m.high) + ')' : '');

const passed = report.verdict === 'pass';
page.append(
  el('h1', {}, el('span', {class: passed ? 'good' : 'bad'}, passed ? '● Pass' : '■ Fail'), ' – ' + report.summary),
  el('div', {class: 'dim'}, report.sources.current + ': ' + count(report.rows.current) + ' rows, against ' + report.sources.reference + ': ' + count(report.rows.reference) + ' rows; ' + count(report.duration_ms) + ' ms'),
);
const remarks = [...report.schema, ...report.performance.reasons, ...report.notes];
if (remarks.length) page.append(el('ul', {}, ...remarks.map((text) => el('li', {}, text))));

const metrics = [...new Set([report.performance.intervals.reference, report.performance.intervals.current, report.performance.intervals.estimated].flatMap((m) => Object.keys(m || {})))];
if (metrics.length) {
  page.append(el('h2', {}, 'Performance, reference against current (95 % interval)'), el('table', {}, el('thead', {}, el('tr', {}, ...['metric', 'reference', 'current', 'estimated without labels'].map((t) => el('th', {}, t)))),
    el('tbody', {}, ...metrics.map((name) => el('tr', {}, el('td', {}, name), ...['reference', 'current', 'estimated'].map((side) => el('td', {}, interval((report.performance.intervals[side] || {})[name]))))))));
}
if (report.performance.worst_segments.length) {
  page.append(el('h2', {}, 'Worst segments of the current table'), el('table', {}, el('thead', {}, el('tr', {}, ...['segment', 'rows', 'metric', 'value (interval)', 'overall'].map((t) => el('th', {}, t)))),
    el('tbody', {}, ...report.performance.worst_segments.map((s) => el('tr', {}, el('td', {}, s.segment), el('td', {}, count(s.n)), el('td', {}, s.metric), el('td', {}, interval(s)), el('td', {}, short(s.overall)))))));
}
if (report.multivariate.domain_classifier_auc !== null) {
  page.append(el('h2', {}, 'All columns together'), el('p', {}, 'A classifier tells the two tables apart with AUC ' + report.multivariate.domain_classifier_auc.toFixed(2) + ' (0.5 = not at all)' + (report.multivariate.columns.length ? ', mostly by ' + report.multivariate.columns.slice(0, 3).map((c) => c.name + ' ' + share(c.share)).join(', ') : '') + '.'));
}

const state = {text: '', status: '', sort: 'rank', shown: 100, open: new Set()};
const search = el('input', {type: 'search', placeholder: 'find a column', 'aria-label': 'find a column', oninput: (e) => { state.text = e.target.value.toLowerCase(); state.shown = 100; draw(); }});
const statuses = el('select', {'aria-label': 'status', onchange: (e) => { state.status = e.target.value; state.shown = 100; draw(); }}, el('option', {value: ''}, 'every status'), ...Object.entries(WORDS).map(([value, [mark, word]]) => el('option', {value}, mark + ' ' + word + ' (' + report.columns.filter((c) => c.status === value).length + ')')));
const body = el('tbody');
const foot = el('div', {class: 'more'});
const head = [['rank', '#', 'n'], ['name', 'column', ''], ['status', 'status', ''], ['type', 'type', ''], ['score', 'JS distance (90 % interval)', 'n'], ['missing', 'missing, reference → current', 'n']];
page.append(el('h2', {}, 'Columns'), el('div', {class: 'tools'}, search, statuses, el('span', {class: 'dim'}, 'a row opens its distribution')),
  el('table', {}, el('thead', {}, el('tr', {}, ...head.map(([key, label, cls]) => el('th', {class: cls}, el('button', {onclick: () => { state.sort = key; draw(); }}, label))))), body), foot);

const keys = {rank: (c) => c.rank, name: (c) => c.name.toLowerCase(), status: (c) => Object.keys(WORDS).indexOf(c.status), type: (c) => c.type, score: (c) => -(c.score && c.score.value !== null ? c.score.value : -1), missing: (c) => -((c.missing.current || 0) - (c.missing.reference || 0))};
function draw() {
  const key = keys[state.sort];
  const hits = report.columns.filter((c) => (!state.text || c.name.toLowerCase().includes(state.text)) && (!state.status || c.status === state.status));
  if (state.sort !== 'rank') hits.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  body.replaceChildren(...hits.slice(0, state.shown).flatMap(rows));
  foot.replaceChildren(hits.length > state.shown ? el('button', {class: 'more', onclick: () => { state.shown += 200; draw(); }}, 'show more of ' + count(hits.length)) : el('span', {class: 'dim'}, hits.length === 0 ? 'no column fits' : ''));
}
function rows(c) {
  const [mark, word, cls] = WORDS[c.status];
  const toggle = () => { state.open.has(c.name) ? state.open.delete(c.name) : state.open.add(c.name); draw(); };
  const row = el('tr', {class: 'row', tabindex: '0', 'aria-expanded': String(state.open.has(c.name)), onclick: toggle, onkeydown: (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); toggle(); } }},
    el('td', {class: 'n dim'}, String(c.rank)), el('td', {class: 'name', title: c.name}, c.name), el('td', {class: cls}, mark + ' ' + word), el('td', {class: 'dim'}, c.type),
    el('td', {class: 'n'}, c.score ? interval(c.score) : '–'), el('td', {class: 'n'}, share(c.missing.reference) + ' → ' + share(c.missing.current)));
  return state.open.has(c.name) ? [row, el('tr', {class: 'detail'}, el('td', {colspan: '6'}, ...detail(c)))] : [row];
}
function detail(c) {
  const parts = c.reasons.map((reason) => el('div', {}, reason));
  if (c.bins.length) parts.push(el('div', {class: 'legend'}, el('span', {}, el('span', {class: 'key', style: 'background:var(--reference)'}), 'reference, n = ' + count(report.rows.reference)), el('span', {}, el('span', {class: 'key', style: 'background:var(--accent)'}), 'current, n = ' + count(report.rows.current)), el('span', {class: 'dim'}, 'share of rows in each bin')), chart(c));
  const s = c.summary;
  if (s) parts.push(el('div', {class: 'facts dim'}, ...['mean', 'std', 'min', 'max', 'distinct'].filter((k) => s[k].reference !== null || s[k].current !== null).map((k) => el('span', {}, k + ' ' + short(s[k].reference) + ' → ' + short(s[k].current)))));
  if (c.tests && Object.keys(c.tests).length) parts.push(el('div', {class: 'facts dim'}, ...Object.entries(c.tests).map(([id, t]) => el('span', {}, id + ' ' + (t.reason ? t.reason.replaceAll('_', ' ') : short(t.value ?? t.statistic) + (t.p !== undefined ? ', p ' + (t.p === 0 ? '< 1e-300' : t.p.toPrecision(2)) : ''))))));
  return parts;
}
function chart(c) {
  const width = 760, height = 190, base = 140, step = width / c.bins.length;
  const total = [2, 3].map((i) => Math.max(1, c.bins.reduce((sum, bin) => sum + bin[i], 0)));
  const most = Math.max(...c.bins.flatMap((bin) => [bin[2] / total[0], bin[3] / total[1]]), 1e-9);
  const root = svg('svg', {class: 'chart', viewBox: '0 0 ' + width + ' ' + height, role: 'img', 'aria-label': 'Distribution of ' + c.name + ', reference against current, share of rows in each bin'});
  c.bins.forEach(([label, kind, reference, current], i) => {
    [[reference, 0, '--reference'], [current, 1, '--accent']].forEach(([n, side, colour]) => {
      const h = (n / total[side] / most) * 125;
      const bar = svg('rect', {x: i * step + 2 + side * (step - 4) / 2, y: base - h, width: Math.max(1, (step - 6) / 2), height: Math.max(n > 0 ? 1 : 0, h), fill: 'var(' + colour + ')'});
      bar.append(svg('title', {}, label + ': ' + (side ? 'current ' : 'reference ') + share(n / total[side]) + ', ' + count(n) + ' rows'));
      root.append(bar);
    });
    const text = label.length > 14 ? label.slice(0, 13) + '…' : label;
    root.append(svg('text', {x: i * step + step / 2, y: base + 12, 'text-anchor': 'end', transform: 'rotate(-30 ' + (i * step + step / 2) + ' ' + (base + 12) + ')'}, text));
  });
  root.append(svg('line', {x1: 0, x2: width, y1: base, y2: base, stroke: 'var(--line)'}));
  return root;
}
for (const c of report.columns.filter((c) => c.status === 'quality' || c.status === 'drift').slice(0, 1)) state.open.add(c.name);
draw();
`;
