/** The list of columns: search, filter by status, sort, open; all by keyboard too, and kept in the address. */
export const COLUMNS = `
const columns = data.columns.map(([name, type, status, why, missing, facts, detail], i) => ({name, type, status, why, missing, detail, at: i, text: name.toLowerCase(), ...readFacts(facts)}));
const WORDS = Object.fromEntries(data.statuses.map(([key, mark, word, cls], i) => [key, {mark, word, cls, i}]));
const address = new URLSearchParams(location.hash.slice(1));
const state = {text: address.get('find') || '', status: address.get('status') || '', sort: address.get('sort') || 'at', down: address.get('down') === '1', shown: 100, open: new Set()};
const named = columns.find((c) => c.name === address.get('open'));
if (named) state.open.add(named.at);
else if (!state.text && !state.status) { const first = columns.find((c) => data.firstOpen.includes(c.status)) || (last ? undefined : columns[0]); if (first) state.open.add(first.at); }

const search = el('input', {type: 'search', id: 'find', placeholder: 'find a column', 'aria-label': 'find a column', oninput: (e) => { state.text = e.target.value.toLowerCase(); state.shown = 100; draw(); }});
search.value = state.text;
const many = (status) => columns.filter((c) => !status || c.status === status).length;
const chip = (key, label, n) => el('button', {class: 'chip', type: 'button', 'data-status': key, ...(n || !key ? {} : {disabled: ''}), onclick: () => { state.status = state.status === key ? '' : key; state.shown = 100; draw(); }}, label + ' ' + count(n));
const chips = [chip('', 'all', columns.length), ...data.statuses.map(([key, mark, word]) => chip(key, mark + ' ' + word, many(key)))];
const body = el('tbody');
const foot = el('div', {class: 'more', 'aria-live': 'polite'});
const heads = HEADS.map(([key, label, cls]) => el('th', {scope: 'col', class: cls, 'data-key': key}, ORDER[key] ? el('button', {type: 'button', onclick: () => { state.down = state.sort === key && !state.down; state.sort = key; draw(); }}, label) : label));
document.getElementById('page').append(el('h2', {}, 'Columns'), el('div', {class: 'tools'}, search, el('span', {role: 'group', 'aria-label': 'status'}, ...chips.flatMap((c) => [c, ' '])), el('span', {class: 'dim'}, '/ finds, ↑ ↓ move, Enter opens')),
  el('div', {class: 'scroll'}, el('table', {'aria-label': 'columns'}, el('thead', {}, el('tr', {}, ...heads)), body)), foot);

function hits() {
  const found = columns.filter((c) => (!state.text || c.text.includes(state.text)) && (!state.status || c.status === state.status));
  const key = ORDER[state.sort] || ORDER.at;
  return found.sort((a, b) => { const x = key(a), y = key(b), order = x < y ? -1 : x > y ? 1 : a.at - b.at; return state.down ? -order : order; });
}
function draw(focus) {
  const found = hits();
  body.replaceChildren(...found.slice(0, state.shown).flatMap(rows));
  for (const c of chips) c.setAttribute('aria-pressed', String(c.dataset.status === state.status));
  for (const h of heads) { const on = h.dataset.key === state.sort; on ? h.setAttribute('aria-sort', state.down ? 'descending' : 'ascending') : h.removeAttribute('aria-sort'); }
  foot.replaceChildren(found.length > state.shown ? el('button', {class: 'more', type: 'button', onclick: () => { state.shown += 300; draw(); }}, 'show more of ' + count(found.length) + ' columns') : el('span', {class: 'dim'}, found.length === 0 ? 'No column fits.' : count(found.length) + (found.length === 1 ? ' column' : ' columns') + (data.omitted && !state.text && !state.status ? '; ' + count(data.omitted) + ' more are left out of this page, the JSON report has all' : '')));
  const open = columns.find((c) => state.open.has(c.at));
  const kept = new URLSearchParams(Object.entries({find: state.text, status: state.status, sort: state.sort === 'at' ? '' : state.sort, down: state.down ? '1' : '', open: open && open.name.length < 200 ? open.name : ''}).filter(([, v]) => v));
  try { history.replaceState(null, '', '#' + kept); } catch { /* an embedded page has no address of its own */ }
  if (focus !== undefined) { const button = document.getElementById('c' + focus); if (button) button.focus(); }
}
function rows(c) {
  const open = state.open.has(c.at);
  const toggle = () => { open ? state.open.delete(c.at) : state.open.add(c.at); draw(c.at); };
  const button = el('button', {class: 'name', type: 'button', id: 'c' + c.at, 'aria-expanded': String(open), title: c.name, onclick: (e) => { e.stopPropagation(); toggle(); }}, c.name);
  const row = el('tr', {class: open ? 'row open' : 'row', onclick: () => { if (!String(getSelection())) toggle(); }}, ...cells(c, button, WORDS[c.status]));
  return open ? [row, el('tr', {class: 'detail'}, el('td', {colspan: String(HEADS.length)}, ...detail(c)))] : [row];
}
document.addEventListener('keydown', (e) => {
  if (e.key === '/' && e.target !== search && !e.ctrlKey && !e.metaKey) { e.preventDefault(); search.focus(); search.select(); }
  if (e.key === 'Escape' && e.target === search) { search.value = state.text = ''; draw(); }
  if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
  const buttons = [...body.querySelectorAll('.name')];
  const at = buttons.indexOf(document.activeElement);
  if (at < 0 && e.target !== search) return;
  const next = buttons[e.key === 'ArrowDown' ? at + 1 : at - 1];
  e.preventDefault();
  (next || (e.key === 'ArrowUp' ? search : buttons[at])).focus();
});
const theme = document.getElementById('theme');
theme.hidden = false;
theme.addEventListener('click', () => { const root = document.documentElement; const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches; root.dataset.theme = dark ? 'light' : 'dark'; });
draw();
`;
