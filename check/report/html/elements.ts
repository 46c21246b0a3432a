/**
 * The page's tools, as the browser runs them: elements are built with textContent only, so that no name from a file can
 * become markup. Plain JavaScript: the page has no build step and no dependency.
 */
export const ELEMENTS = `
'use strict';
const data = JSON.parse(document.getElementById('report').textContent);
const fill = (node, attrs, children) => {
  for (const [k, v] of Object.entries(attrs)) k.startsWith('on') ? node.addEventListener(k.slice(2), v) : node.setAttribute(k, v);
  node.append(...children);
  return node;
};
const el = (tag, attrs = {}, ...children) => fill(document.createElement(tag), attrs, children);
const svg = (tag, attrs = {}, ...children) => fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attrs, children);
const count = (n) => n.toLocaleString('en-US');
const share = (x) => x == null ? '–' : x === 0 || x === 1 ? 100 * x + ' %' : x < 0.001 ? '<0.1 %' : x > 0.999 ? '>99.9 %' : (100 * x).toFixed(x < 0.1 || x > 0.99 ? 1 : 0) + ' %';
const points = (x) => (x > 0 ? '+' : x < 0 ? '−' : '±') + Math.abs(100 * x).toFixed(Math.abs(x) < 0.1 ? 1 : 0);
const short = (x) => { if (x == null) return '–'; const size = Math.abs(x); return size >= 1e9 || (size !== 0 && size < 1e-3) ? x.toExponential(1).replace('-', '−') : (size >= 1000 ? Math.round(x) : Number(x.toPrecision(4))).toLocaleString('en-US', {maximumFractionDigits: 6, useGrouping: size >= 10000}).replace('-', '−'); };
const sum = (xs) => xs.reduce((a, b) => a + b, 0);
const table = (head, rows, cls) => el('div', {class: 'scroll ' + (cls || 'fit inline')}, el('table', {},
  el('thead', {}, el('tr', {}, ...head.map((t, i) => el('th', {scope: 'col', class: i ? 'n' : ''}, t)))),
  el('tbody', {}, ...rows.map((cells) => el('tr', {}, ...cells.map((t, i) => el(i ? 'td' : 'th', i ? {class: 'n'} : {scope: 'row'}, t)))))));
const SIDES = data.sides;
const last = SIDES.length - 1;
`;
