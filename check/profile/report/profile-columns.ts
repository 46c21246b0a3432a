/** What a row of a profile shows, and by what it sorts. */
export const PROFILE_COLUMNS = `
const readFacts = ([distinct, exact, range]) => ({distinct, exact, range});
const scoreText = () => '';
const distinctText = (c) => c.distinct == null ? '–' : (c.exact ? '' : '≥ ') + count(c.distinct);
const HEADS = [['at', '#', 'n'], ['name', 'column', ''], ['status', 'remarks', ''], ['type', 'type', ''], ['missing', 'missing', 'n'], ['distinct', 'distinct', 'n'], ['', 'typical', ''], ['', 'distribution', '']];
const ORDER = {at: (c) => c.at, name: (c) => c.text, status: (c) => WORDS[c.status].i, type: (c) => c.type, missing: (c) => -c.missing[0], distinct: (c) => -(c.distinct || 0)};
const cells = (c, button, w) => [
  el('td', {class: 'n dim'}, count(c.at + 1)), el('td', {}, button), el('td', {class: w.cls}, w.mark + ' ' + (c.why[0] || w.word)), el('td', {class: 'dim'}, c.type),
  el('td', {class: 'n nowrap'}, share(c.missing[0])), el('td', {class: 'n'}, distinctText(c)), el('td', {class: 'dim'}, c.range || typical(c)), el('td', {}, spark(c)),
];
`;
