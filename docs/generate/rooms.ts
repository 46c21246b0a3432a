import { importsOf } from '../../test/conformance/imports.ts';
import { isTest, sources } from '../../test/conformance/sources.ts';

/** What lies flat in `server/` and composes the rooms. */
const COMPOSITION = 'app, main, routes, jobs';

const ROW = 34;
const TOP = 28;
const BOX = 300;
const WIDTH = 760;
/** So many imports between two rooms are drawn strong. */
const MANY = 12;

/**
 * The rooms of the server from top to bottom in the order of the road, with an arc for every pair of rooms of which the
 * lower imports the upper, stronger for many imports. Drawn from the imports as they are; it changes when the rooms do, not with
 * every file.
 */
export function roomsPicture(order: readonly string[]): string {
  const files = sources('server', /\.ts$/).filter(({ path }) => !isTest(path));
  const roomOf = (path: string) => {
    const first = path.split('/')[1]!;
    if (order.includes(first)) return first;
    return /^(app|(app|main|routes|jobs|authenticate)\.ts)$/.test(first) ? COMPOSITION : undefined;
  };
  const names = [...order, COMPOSITION];
  const counts = new Map<string, number>();
  for (const { from, to, local } of files.flatMap(importsOf)) {
    if (!local || !to.startsWith('server/')) continue;
    const [a, b] = [roomOf(from), roomOf(to)];
    if (a === undefined || b === undefined || a === b) continue;
    counts.set(`${a}\n${b}`, (counts.get(`${a}\n${b}`) ?? 0) + 1);
  }
  const height = TOP + ROW * names.length + 12;
  const arcs = [...counts].map(([pair, n]) => {
    const [from, to] = pair.split('\n') as [string, string];
    return arc(names.indexOf(from), names.indexOf(to), n, `${from} imports ${to}`);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="The rooms of the server and what they import: every arc goes up">
<style>
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .size { fill: #656d76; font-size: 11px }
  rect { fill: #f6f8fa; stroke: #d0d7de }
  path { fill: none; stroke: #2f6f8f }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .size { fill: #8d96a0 } rect { fill: #161b22; stroke: #30363d } path { stroke: #6cb6d9 }
  }
</style>
<text x="10" y="18" class="size">a room imports only from those above it; an arc is drawn for every pair that does, stronger for more imports</text>
${names.map(box).join('\n')}
${arcs.join('\n')}
</svg>
`;
}

function box(name: string, place: number): string {
  const y = TOP + place * ROW;
  return `<rect x="10" y="${y}" width="${BOX}" height="${ROW - 8}" rx="3"/><text x="20" y="${y + 18}">${name}</text>`;
}

function arc(from: number, to: number, n: number, title: string): string {
  const y = (place: number) => TOP + place * ROW + (ROW - 8) / 2;
  const reach = BOX + 10 + 24 * Math.abs(from - to);
  const many = n >= MANY;
  const [strength, opacity] = many ? [2.4, 0.8] : [0.9, 0.35];
  return `<path d="M ${BOX + 10} ${y(from)} C ${reach} ${y(from)} ${reach} ${y(to)} ${BOX + 10} ${y(to)}" stroke-width="${strength}" opacity="${opacity}"><title>${title}</title></path>`;
}
