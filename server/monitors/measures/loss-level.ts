import { joined } from '../../../stats/online/adwin.ts';
import { ADWIN_BLOCKS_START, adwinBlocks, type Block } from '../../../stats/online/adwin-blocks.ts';
import { DDM_START, ddm } from '../../../stats/online/ddm.ts';
import { HDDM_START, hddm } from '../../../stats/online/hddm.ts';
import { KSWIN_START, kswin } from '../../../stats/online/kswin.ts';
import { PAGE_HINKLEY_START, pageHinkley } from '../../../stats/online/page-hinkley.ts';
import { random } from '../../../stats/random.ts';

/** One chance in twenty that a window of ADWIN is cut where nothing changed, by a bound that in practice is far wider. */
const DELTA = 0.05;
/** Losses of one bucket that a detector which takes them one by one is given, at most. */
const ROWS = 200;
/** Page–Hinkley in shares of wrong answers: what is tolerated, and the excess of wrong answers that alarms. */
const TOLERATED = 0.02;
const EXCESS = 15;
/** KSWIN tests after each bucket. */
const ALPHA = 0.0001;

/** The losses that a detector holds for those of now, and the means on both sides when it alarms. */
interface Told {
  readonly window: Block;
  readonly drift: { readonly before: number; readonly after: number } | null;
}
export type Detector = (block: Block) => Told;

const NOTHING: Block = { n: 0, sum: 0, scatter: 0 };

/** Detectors of a change of losses by name, each of a fresh state. `places`: how many of them watch beside each other. */
export const DETECTORS = {
  adwin: (places: number): Detector => {
    let state = ADWIN_BLOCKS_START;
    return (block) => {
      state = adwinBlocks(state, block, { delta: DELTA / places });
      return { window: state, drift: state.drift };
    };
  },
  page_hinkley: () =>
    oneByOne(PAGE_HINKLEY_START, (state, x) =>
      pageHinkley(state, x, { delta: TOLERATED, threshold: EXCESS, memory: 1, direction: 'up' }),
    ),
  ddm: () => oneByOne(DDM_START, (state, x) => ddm(state, x)),
  hddm: () => oneByOne(HDDM_START, (state, x) => hddm(state, x)),
  kswin: () =>
    oneByOne(KSWIN_START, (state, x, seen) => kswin(state, x, random(seen + 1), { alpha: ALPHA }), true),
} satisfies Record<string, (places: number) => Detector>;

export type DetectorName = keyof typeof DETECTORS;
export const DETECTOR_NAMES = Object.keys(DETECTORS) as DetectorName[];

/**
 * A detector that takes losses one by one: the order within a bucket is not known, so that wrong answers are spread evenly over it, and
 * `means` are taken where single losses say nothing.
 */
function oneByOne<State extends { readonly drift: boolean }>(
  start: State,
  step: (state: State, x: number, seen: number) => State,
  means = false,
): Detector {
  let [state, window, seen] = [start, NOTHING, 0];
  return (block) => {
    const before = window;
    window = together(window, block);
    for (const x of spread(block, means)) {
      state = step(state, x, seen++);
      if (!state.drift || before.n === 0) continue;
      window = block;
      return { window, drift: { before: before.sum / before.n, after: block.sum / block.n } };
    }
    return { window, drift: null };
  };
}

function together(a: Block, b: Block): Block {
  return b.n === 0 ? a : { n: a.n + b.n, ...joined(a, a.n, b, b.n) };
}

/** The losses of a block one by one; the mean alone of losses that are no answers. */
function spread({ n, sum }: Block, means: boolean): number[] {
  if (n === 0) return [];
  const share = sum / n;
  if (means || !Number.isInteger(sum)) return [share];
  const rows = Math.min(n, ROWS);
  return Array.from(
    { length: rows },
    (_, i) => Math.floor((i + 1) * share + 1e-9) - Math.floor(i * share + 1e-9),
  );
}

/** How losses of one place stand: those of now, and what they rose from while that lasts. */
export interface Level {
  readonly window: Block;
  readonly rose: { readonly before: number; readonly by: number } | null;
}

/** The level after one more block: a rise lasts until losses have come back to a quarter of it, or fall for certain. */
export function levelAfter({ rose }: Level, { window, drift }: Told): Level {
  if (drift !== null) {
    const by = drift.after - drift.before;
    return { window, rose: by > 0 ? { before: drift.before, by } : null };
  }
  const lasts = rose !== null && window.n > 0 && window.sum / window.n - rose.before > rose.by / 4;
  return { window, rose: lasts ? rose : null };
}

export const NO_LEVEL: Level = { window: NOTHING, rose: null };
