import type { Anomalies } from '../../api/types.ts';
import { digits, interval, percent, quantity } from '../../number/format.ts';
import { Moment } from '../../ui/Moment.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';

interface Row {
  readonly time: string;
  readonly what: string;
  readonly value: string;
  readonly expected: string;
  readonly sure: string;
}

/** Anomalies and changes, the newest first. */
export function FoundTable({ found, name }: { readonly found: Anomalies; readonly name: string }) {
  const rows = rowsOf(found);
  if (rows.length === 0) return <p>Nothing unusual in this range, and no change.</p>;
  return (
    <PlainTable
      label={`What was unusual in ${name}`}
      rows={rows}
      rowKey={({ time, what }) => `${what} ${time}`}
      columns={[
        { title: 'When', value: ({ time }) => Date.parse(time), cell: ({ time }) => <Moment at={time} /> },
        { title: 'What', value: ({ what }) => what, cell: ({ what }) => what },
        { title: 'Value', align: 'right', cell: ({ value }) => value },
        { title: 'Expected', align: 'right', cell: ({ expected }) => expected },
        { title: 'How sure', align: 'right', cell: ({ sure }) => sure },
      ]}
    />
  );
}

/** Pure. */
export function rowsOf({ points, changes, unit }: Anomalies): Row[] {
  const anomalies = points
    .filter(({ anomalous }) => anomalous)
    .map(({ time, value, low, high, surprise }) => ({
      time,
      what: 'unusual value',
      value: quantity(value, unit),
      expected: interval(low, high, unit),
      sure: `${digits(surprise)} margins outside`,
    }));
  const changed = changes.map(({ time, probability }) => ({
    ...{ time, what: 'change', value: '', expected: '' },
    sure: `probability ${percent(probability)}`,
  }));
  return [...anomalies, ...changed].sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
}
