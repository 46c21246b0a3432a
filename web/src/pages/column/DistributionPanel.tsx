import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ColumnType } from '../../../../contract/model.ts';
import { type Against, distributionQuery, referencesQuery } from '../../api/queries.ts';
import type { Distribution, Model } from '../../api/types.ts';
import { BinTable, DensityChart } from '../../charts/DensityChart.tsx';
import { byShift, shares } from '../../charts/distribution-option.ts';
import { PairedBars } from '../../charts/PairedBars.tsx';
import { digits, interval, NOTHING, percent, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { span } from '../../time/format.ts';
import type { Range } from '../../time/range.ts';
import { useZone, zoneName } from '../../time/zone.ts';
import { Choice } from '../../ui/Choice.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Sideways } from '../../ui/Sideways.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { columnName, metricName, words } from '../metric.ts';
import classes from './column.module.css';
import { MovedMark } from './MovedMark.tsx';
import { movedSmall, namedBins, scoreState } from './score.ts';

const page = getRouteApi('/shell/models/$model/columns/$column');
const CATEGORIES = 14;
/** New values that are named beside the verdict. */
const NEW = 6;

interface Props {
  readonly model: Model;
  readonly column: string;
  readonly range: Range;
  readonly against: Against;
}

/** What a column is taken for whose values nobody compares, in words. */
const UNCOMPARED: Partial<Record<ColumnType, string>> = {
  text: 'free text',
  identifier: 'an identifier',
  time: 'a time',
  ignored: 'one that is not watched',
};

/** The verdict, and the two distributions it is about; of a column that is not compared, why. */
export function DistributionPanel(props: Props) {
  const own = props.model.columns.find(({ name }) => name === props.column);
  const as = own === undefined ? undefined : UNCOMPARED[own.type];
  if (own === undefined || as === undefined) return <Compared {...props} />;
  return (
    <Empty title={`Not compared by its values: it is taken for ${as}.`}>
      {own.recognised !== null && `Recognised so: ${own.recognised}. `}
      {own.type !== 'ignored' && 'Whether its values are there, and of the right type, is watched. '}
      <Link {...paths.modelSettings(props.model.id, 'columns')}>What it is can be set</Link>.
    </Empty>
  );
}

function Compared({ model, column, range, against }: Props) {
  const distribution = useQuery(distributionQuery(model.id, column, range, against));
  return (
    <Loaded of={distribution} what="The distribution could not be read:" height={420}>
      {(found) => (
        <>
          <Verdict
            distribution={found}
            importance={model.columns.find(({ name }) => name === column)?.importance}
          />
          <Chart distribution={found} model={model} range={range} against={against} />
        </>
      )}
    </Loaded>
  );
}

function Verdict({
  distribution,
  importance,
}: {
  distribution: Distribution;
  importance: number | null | undefined;
}) {
  const { score, sentence, new_values } = distribution;
  return (
    <div className={classes.verdict}>
      <div className={classes.score}>
        <b>{score.value === null ? NOTHING : score.value.toFixed(3)}</b>
        <span>
          {metricName(score.id)}
          <br />
          {interval(score.low, score.high)}
        </span>
      </div>
      <div>
        {movedSmall(distribution) ? <MovedMark /> : <StateMark state={scoreState(distribution)} />}
        <p className={classes.sentence}>{sentence}</p>
        {new_values.length > 0 && (
          <p className={classes.new}>
            <b>New, not in the reference:</b>{' '}
            {new_values.slice(0, NEW).map(({ value, n, share }) => (
              <span key={value} title={plural(n, 'row')}>
                {value} <span className={classes.small}>{percent(share)}</span>
              </span>
            ))}
            {new_values.length > NEW && `and ${new_values.length - NEW} more in the table`}
          </p>
        )}
        <p className={classes.small}>
          {importance === null || importance === undefined
            ? 'importance unknown'
            : `${percent(importance)} of the model's importance`}
          {score.status !== 'ok' && ` · ${words(score.status)}`}
        </p>
      </div>
      <Moments distribution={distribution} />
    </div>
  );
}

const ROWS = ['mean', 'std', 'p05', 'p50', 'p95', 'min', 'max'] as const;

function Moments({ distribution: { moments, type } }: { distribution: Distribution }) {
  if (type !== 'numeric') return null;
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? NOTHING : digits(value, 4);
  return (
    <Sideways label="Moments">
      <table className={classes.moments} aria-label="Moments, reference against current">
        <thead>
          <tr>
            <td />
            {ROWS.map((row) => (
              <th key={row} scope="col" data-align="right">
                {row}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(['reference', 'current'] as const).map((side) => (
            <tr key={side}>
              <th scope="row">{side}</th>
              {ROWS.map((row) => (
                <td key={row} data-align="right">
                  {text(moments[side]?.[row])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Sideways>
  );
}

interface ChartProps {
  readonly distribution: Distribution;
  readonly model: Model;
  readonly range: Range;
  readonly against: Against;
}

function Chart({ distribution, model, range, against }: ChartProps) {
  const zone = useZone();
  const [table, setTable] = useState(false);
  const parts = useMemo(() => shares(namedBins(distribution)), [distribution]);
  const drawn = useMemo(
    () => (distribution.shape.length > 0 ? shares(distribution.shape) : parts),
    [distribution.shape, parts],
  );
  const name = columnName(distribution.column);
  const numeric = distribution.type === 'numeric';
  const { reference } = distribution;
  const empty = distribution.bins.every((bin) => bin.current === 0 && bin.reference === 0);
  return (
    <Panel
      title={`${name}: ${numeric ? 'density' : 'share of rows'}, current against reference`}
      note={
        <>
          <span className={classes.key} data-part="current" /> {span(range, zone)} {zoneName(zone)}
          {reference !== null && (
            <>
              {' '}
              <span className={classes.key} data-part="reference" /> {reference.name}
              {reference.from !== null &&
                reference.to !== null &&
                `, ${span({ from: Date.parse(reference.from), to: Date.parse(reference.to) }, zone)}`}
            </>
          )}
        </>
      }
      actions={
        <>
          <ReferenceSwitch model={model} chosen={against.reference ?? reference?.id} />
          <VersionSwitch model={model} chosen={against.version} />
          <Button variant="default" onClick={() => setTable(!table)}>
            {table ? 'Show as a chart' : 'Show as a table'}
          </Button>
        </>
      }
    >
      {empty ? (
        <Empty title="No values in this range.">Choose a longer time range, or another reference.</Empty>
      ) : table ? (
        <BinTable column={name} shares={numeric ? parts : byShift(parts)} />
      ) : numeric ? (
        <DensityChart column={name} shares={drawn} beside={parts} />
      ) : (
        <>
          <PairedBars shares={byShift(parts).slice(0, CATEGORIES)} />
          {parts.length > CATEGORIES && (
            <p className={classes.small}>
              The {CATEGORIES} values that moved most, of {parts.length}. The table has them all.
            </p>
          )}
        </>
      )}
    </Panel>
  );
}

function ReferenceSwitch({ model, chosen }: { model: Model; chosen: string | undefined }) {
  const navigate = page.useNavigate();
  const references = useQuery(referencesQuery(model.id));
  const items = references.data?.items ?? [];
  return (
    <Choice
      aria-label="Reference"
      placeholder={references.isError ? 'References could not be read' : 'Reference'}
      w={220}
      // Names of references are long: the list is as wide as they are, the field says its own in full.
      comboboxProps={{ width: 'max-content', position: 'bottom-end' }}
      title={items.find(({ id }) => id === chosen)?.name}
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      renderOption={({ option }) => (
        <span>
          {option.label}
          {items.some(({ id, default: usual }) => usual && id === option.value) && (
            <span className={classes.small}> default</span>
          )}
        </span>
      )}
      value={chosen ?? null}
      onChange={(id) =>
        void navigate({
          search: (old) => ({ ...old, reference: id ?? undefined }) as never,
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}

/** The current side of one version alone; only for models that have more than one. */
function VersionSwitch({ model, chosen }: { model: Model; chosen: string | undefined }) {
  const navigate = page.useNavigate();
  if (model.versions.length < 2 && chosen === undefined) return null;
  return (
    <Choice
      aria-label="Version"
      placeholder="All versions"
      clearable
      w={160}
      data={model.versions}
      value={chosen ?? null}
      onChange={(version) =>
        void navigate({
          search: (old) => ({ ...old, version: version ?? undefined }) as never,
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
