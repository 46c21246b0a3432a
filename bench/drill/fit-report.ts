import type { DrillTable } from '../../cli/drill/drill-table.ts';
import type { Scenario } from '../../cli/drill/scenario.ts';
import { CALIBRATION, calibrated } from '../../server/incidents/calibrated.ts';
import { casesOf } from './diagnosis.ts';
import { fitCalibration, type Offered, offered } from './fit-confidence.ts';

/** What the map of confidence is fitted on: the tables that ship. All others are there to check it. */
const FITTED = ['adult', 'bike-sharing'];
const STEPS = [0, 0.5, 0.7, 0.85, 0.95, 1.0001];

/** The parameters that fit best, and how often causes are right that are given so much confidence by the parameters in the code, as Markdown. */
export function fitReport(scenarios: readonly Scenario[], tables: readonly DrillTable[]): string {
  const of = (names: readonly DrillTable[]) => {
    const own = scenarios.filter(({ table }) => names.some(({ name }) => name === table));
    return offered(casesOf(own, names));
  };
  const [fit, check] = [true, false].map((is) =>
    of(tables.filter(({ name }) => FITTED.includes(name) === is)),
  ) as [Offered[], Offered[]];
  return [
    `Fitted: ${JSON.stringify(fitCalibration(fit))}; in the code: ${JSON.stringify(CALIBRATION)}`,
    ...reliability('fitted on, first causes', fit.filter(isFirst)),
    ...reliability('kept aside, first causes', check.filter(isFirst)),
    ...reliability('kept aside, all causes', check),
  ].join('\n');
}

const isFirst = ({ first }: Offered) => first;

function reliability(name: string, rows: readonly Offered[]): string[] {
  const known = rows.map(({ worth, rival, right }) => ({ given: calibrated(worth, rival), right }));
  return [
    '',
    `| ${name}: confidence | named | given in the mean | right |`,
    '|---|---|---|---|',
    ...STEPS.slice(0, -1).map((from, i) => {
      const own = known.filter(({ given }) => given >= from && given < STEPS[i + 1]!);
      const mean = own.reduce((sum, { given }) => sum + given, 0) / own.length;
      const right = own.filter((each) => each.right).length;
      const percent = (share: number) => (own.length === 0 ? '–' : `${(100 * share).toFixed(1)} %`);
      return `| ${from} to ${Math.min(1, STEPS[i + 1]!)} | ${own.length} | ${percent(mean)} | ${right} (${percent(right / own.length)}) |`;
    }),
  ];
}
