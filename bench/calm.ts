import { parseArgs } from 'node:util';
import { besidePeers } from './calm/beside-peers.ts';
import { honestHalves } from './calm/honest.ts';
import { injectedShifts } from './calm/injected.ts';
import { cleanMonths } from './calm/month.ts';

/**
 * `npm run bench:calm -- [FOLDER] [--parts honest,injected,peers,months] [--effort 1] [--only copied] [--sizes 200,halves] [--rows 2000,20000] [--classifier] [--out FILE] [--minutes 9]`: FOLDER has the public tables that the
 * repository does not; `--effort` scales the repetitions; `--only` picks injections by a part of their title, and honest tables by one of their name (parts of it with |), `--sizes` of these, `--rows` the rows a side of injections, so that each run is short; with `--classifier` the rows of honest halves are told apart too. `--out FILE` keeps what was counted of honest halves, table by table and size by size, so that another run goes on there; none is begun after `--minutes`. `months` are not among what runs when nothing is said: each of its models lives through a month (`--days 30`) on a server, in minutes. Prints Markdown. With CALM_NAMES=1 each false alarm and each miss is told on stderr.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    parts: { type: 'string', default: 'honest,injected,peers' },
    effort: { type: 'string', default: '1' },
    days: { type: 'string', default: '30' },
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: '200,1000,5000,halves' },
    rows: { type: 'string', default: '2000,20000' },
    classifier: { type: 'boolean', default: false },
    out: { type: 'string', default: '' },
    minutes: { type: 'string', default: 'Infinity' },
  },
});
const [folder = '.'] = positionals;
const effort = Number(values.effort);
const times = (count: number) => Math.max(1, Math.round(count * effort));
const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  honest: () =>
    honestHalves(folder, {
      repetitions: times(50),
      only: values.only,
      sizes: values.sizes.split(','),
      classifier: values.classifier,
      out: values.out,
      minutes: Number(values.minutes),
    }),
  injected: () => injectedShifts(folder, times(8), values.only, values.rows.split(',').map(Number)),
  peers: () => besidePeers(folder, effort),
  months: () => cleanMonths(folder, values.only, times(4), Number(values.days)),
};
for (const part of values.parts.split(',')) await PARTS[part]!();
