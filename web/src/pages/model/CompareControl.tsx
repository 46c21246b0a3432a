import { lazy, Suspense, useState } from 'react';
import { span } from '../../time/format.ts';
import type { Range } from '../../time/range.ts';
import { fromWall, wall } from '../../time/wall.ts';
import { useZone } from '../../time/zone.ts';
import { Choice } from '../../ui/Choice.tsx';
import classes from '../pages.module.css';
import { ANY, COMPARISONS, comparisonFrom, comparisonWith, type Earlier, versionOf } from './compare.ts';

const MomentField = lazy(() => import('../../ui/MomentField.tsx').then((m) => ({ default: m.MomentField })));

interface Props {
  readonly compare: string | undefined;
  readonly range: Range;
  readonly versions: readonly string[];
  readonly before: Earlier | null;
  /** The version that the chosen one is held against; the one with most predictions when absent. */
  readonly baseline: string | undefined;
  readonly onChange: (compare: string | undefined, baseline?: string) => void;
}

/** What the charts are compared with, and which dates that are. */
export function CompareControl({ compare, range, versions, before, baseline, onChange }: Props) {
  const zone = useZone();
  const named = COMPARISONS.some(({ value }) => value === compare);
  const version = versionOf(compare);
  const [picking, setPicking] = useState(false);
  const any = picking || (compare !== undefined && !named && before !== null);
  return (
    <>
      <Choice
        aria-label="Compare with"
        placeholder="Compare with …"
        clearable
        w={216}
        data={[
          { group: 'Another time', items: [...COMPARISONS, { value: ANY, label: 'A range that begins …' }] },
          ...(versions.length > 1
            ? [
                {
                  group: 'A version',
                  items: versions.map((name) => ({ value: comparisonWith(name), label: `Version ${name}` })),
                },
              ]
            : []),
        ]}
        value={any ? ANY : (compare ?? null)}
        onChange={(value) => {
          setPicking(value === ANY);
          if (value !== ANY) onChange(value ?? undefined);
        }}
      />
      {any && (
        <Suspense>
          <MomentField
            aria-label="Beginning of the range to compare with"
            w={168}
            value={wall(before?.range.from ?? range.from, zone)}
            onChange={(value) => {
              const from = fromWall(value ?? '', zone);
              if (Number.isFinite(from) && from !== range.from) onChange(comparisonFrom(from));
            }}
          />
        </Suspense>
      )}
      {version !== undefined && (
        <Choice
          aria-label="Beside which version"
          placeholder="beside the one with most predictions"
          clearable
          w={248}
          data={versions
            .filter((name) => name !== version)
            .map((name) => ({ value: name, label: `beside version ${name}` }))}
          value={baseline ?? null}
          onChange={(value) => onChange(compare, value ?? undefined)}
        />
      )}
      {before !== null && (
        <span className={classes.quiet}>
          {span(range, zone)} (blue) compared with {before.name} (grey)
        </span>
      )}
    </>
  );
}
