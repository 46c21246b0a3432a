import { plain } from '../../check/report/text.ts';
import type { Explained } from './explain-row.ts';

/** What an answer is made of, as a table of words. */
export function explainedInWords({ answer, base, contributions, exact, asked }: Explained): string {
  const named = contributions.map((one) => ({ ...one, feature: plain(one.feature) }));
  const width = Math.max(...named.map(({ feature }) => feature.length));
  const lines = named.map(
    ({ feature, value, contribution }) =>
      `  ${feature.padEnd(width)}  ${signed(contribution).padStart(10)}  ${value === null ? 'missing' : plain(String(value))}`,
  );
  const how = exact ? 'every coalition of features' : 'a sample of the coalitions of features';
  return [
    `The answer is ${figure(answer)}; rows like others of the model have ${figure(base)} on average. What makes the difference:`,
    ...lines,
    `${asked.toLocaleString('en-US')} requests, ${how}.`,
  ].join('\n');
}

const figure = (value: number) => String(Number(value.toPrecision(4)));
const signed = (value: number) => `${value < 0 ? '−' : '+'}${figure(Math.abs(value))}`;
