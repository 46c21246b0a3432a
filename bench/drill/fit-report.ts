import { CALIBRATION, type Calibration, calibrated } from '../../server/incidents/calibrated.ts';
import { fitIsotonic, isotonicProbability } from '../../stats/calibration/isotonic.ts';
import { proportion } from '../../stats/intervals/proportion.ts';
import { fitCalibration, type Offered } from './fit-confidence.ts';

const STEPS = [0, 0.5, 0.7, 0.85, 0.95, 1.0001];

/** The likeliest cause of a fault, with the confidence that some map gives it. */
interface Given {
  readonly given: number;
  readonly right: boolean;
}

/**
 * How much confidence is worth, as Markdown: how often first causes are right that are given so much by the parameters in the code; by parameters that were fitted on all
 * tables but the one that they are held against, each table once; and by an isotonic map of these, fitted on the same others.
 */
export function fitReport(offers: readonly Offered[]): string {
  const tables = [...new Set(offers.map(({ table }) => table))];
  const folds = tables.map((left) => {
    const others = offers.filter(({ table }) => table !== left);
    const fitted = fitCalibration(others);
    const first = offers.filter((offer) => offer.table === left && offer.first);
    const byParameters = (rows: readonly Offered[], parameters: Calibration) =>
      rows.map(({ worth, rival, right }): Given => ({ given: calibrated(worth, rival, parameters), right }));
    const fittedTo = byParameters(others.filter(isFirst), fitted);
    const map = fitIsotonic(
      fittedTo.map(({ given, right }) => ({ score: given, n: 1, positive: Number(right) })),
    );
    const held = byParameters(first, fitted);
    return {
      ...{ left, fitted, held, inCode: byParameters(first, CALIBRATION) },
      isotonic: held.map((each) => ({ ...each, given: isotonicProbability(map, each.given) })),
    };
  });
  return [
    `Fitted on all: ${JSON.stringify(fitCalibration(offers))}; in the code: ${JSON.stringify(CALIBRATION)}`,
    '',
    '| table left out | fitted on the others: alone, beside | faults | first cause right | mean squared error: in the code, fitted, isotonic |',
    '|---|---|---|---|---|',
    ...folds.map(({ left, fitted, held, inCode, isotonic }) => {
      const errors = [inCode, held, isotonic].map((each) => squaredError(each).toFixed(4)).join(', ');
      return `| ${left} | ${fitted.alone.toFixed(2)}, ${fitted.beside.toFixed(2)} | ${held.length} | ${share(held)} | ${errors} |`;
    }),
    ...reliability(
      'in the code',
      folds.flatMap(({ inCode }) => inCode),
    ),
    ...reliability(
      'fitted on the other tables',
      folds.flatMap(({ held }) => held),
    ),
    ...reliability(
      'isotonic of these',
      folds.flatMap(({ isotonic }) => isotonic),
    ),
  ].join('\n');
}

const isFirst = ({ first }: Offered) => first;

const squaredError = (all: readonly Given[]) =>
  all.reduce((sum, { given, right }) => sum + (Number(right) - given) ** 2, 0) / all.length;

function reliability(name: string, all: readonly Given[]): string[] {
  return [
    '',
    `| ${name}: confidence | named | given in the mean | right, 95 % interval |`,
    '|---|---|---|---|',
    ...STEPS.slice(0, -1).map((from, i) => {
      const own = all.filter(({ given }) => given >= from && given < STEPS[i + 1]!);
      const mean = own.reduce((sum, { given }) => sum + given, 0) / own.length;
      return `| ${from} to ${Math.min(1, STEPS[i + 1]!)} | ${own.length} | ${own.length === 0 ? '–' : percent(mean)} | ${share(own)} |`;
    }),
  ];
}

/** `41 of 50 (82.0 %, 69.2 to 90.2)` */
function share(all: readonly Given[]): string {
  const right = all.filter((each) => each.right).length;
  const known = proportion(right, all.length);
  if ('reason' in known) return '–';
  const [low, high] = [known.low, known.high].map((each) => (100 * each).toFixed(1));
  return `${right} of ${all.length} (${percent(known.value)}, ${low} to ${high})`;
}

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
