import { newIn } from '../evidence/beyond.ts';
import { moved, sharesOfColumn } from '../evidence/column-change.ts';
import { driverOf, driversOf } from '../evidence/drivers.ts';
import { type ColumnEvidence, featuresOf } from '../evidence/evidence.ts';
import { percent } from '../fact.ts';
import { follows, type Hypothesis } from './cause.ts';
import { timesNew } from './new_category.ts';

/** What it is worth when nothing moved with the mix: a population that changed takes something along. */
const ALONE = 0.9;

/** The segments weigh otherwise; within each of them nothing changed. */
export const traffic_mix: Hypothesis = {
  kind: 'traffic_mix',
  title: 'Traffic mix',
  about:
    'The categories of one column have other shares than before, and that alone accounts for the change: rows from before, weighted by their category, look like those after in every column. Within each category nothing changed.',
  advice:
    'See which caller, country or product sends the new traffic, and how good the model is there. Tell the callers, or weigh the training data anew.',
  trust: 0.92,
  explain({ facts, evidence }) {
    // The share of rows with a category that was not there before.
    const comeIn = (column: ColumnEvidence) => {
      const { before, after } = sharesOfColumn(column);
      const come = newIn(before, after, timesNew(facts, column.name));
      return [...come.values()].reduce((sum, share) => sum + share, 0);
    };
    if (evidence.rows === null) return [];
    const changed = featuresOf(evidence).filter(moved);
    const categories = changed.filter((column) => column.type === 'categorical' && comeIn(column) < 0.01);
    const driver = driverOf(driversOf(evidence.rows), (name) =>
      categories.some((column) => column.name === name),
    );
    if (driver === null || driver.fit < 0.3) return [];
    const { before, after } = sharesOfColumn(categories.find(({ name }) => name === driver.column)!);
    const [then, now] = [...after.keys()]
      .map((name) => [before.get(name) ?? 0, after.get(name)!] as const)
      .reduce((best, each) => (Math.abs(each[1] - each[0]) > Math.abs(best[1] - best[0]) ? each : best));
    return [
      {
        columns: [driver.column],
        fit: driver.fit * (driver.others === null ? ALONE : 1),
        unseen: driver.unseen,
        explains: follows(
          facts,
          changed.map(({ name }) => name),
        ),
        sentence: `the mix of ${driver.column} changed, one of its categories from ${percent(then)} to ${percent(now)} of rows; within the categories nothing did`,
        evidence: [
          { name: 'accounted_by_mix', value: driver.explained },
          { name: 'before', value: then },
          { name: 'share_now', value: now },
          { name: 'n', value: evidence.rows.after.n },
        ],
      },
    ];
  },
};
