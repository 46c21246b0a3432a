import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { coverageQuery } from '../../api/stage-queries.ts';
import type { CoverageItem, Model } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import { Words } from '../../charts/Words.tsx';
import { paths } from '../../paths.ts';
import { moment } from '../../time/format.ts';
import type { Range } from '../../time/range.ts';
import { useZone } from '../../time/zone.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import type { State } from '../../ui/state.ts';
import { LAYER_LABEL } from '../fleet/order.ts';
import classes from './coverage.module.css';

const MARK: Record<CoverageItem['state'], { state: State; word: string }> = {
  sends: { state: 'ok', word: 'comes' },
  stopped: { state: 'warning', word: 'stopped' },
  nothing: { state: 'no_data', word: 'nothing' },
};

const KINDS = [
  { kind: 'stage', title: 'Stages of the pipeline' },
  { kind: 'layer', title: 'Layers' },
  { kind: 'signal', title: 'What ties one answer to them' },
] as const;

const titleOf = (part: CoverageItem['part']): string =>
  part in LAYER_LABEL
    ? LAYER_LABEL[part as keyof typeof LAYER_LABEL]
    : part.charAt(0).toUpperCase() + part.slice(1);

/** Which stages and layers tell something of a model, and the next smallest step for those that do not. */
export const CoverageSection = memo(function CoverageSection({
  model,
  range,
}: {
  model: Model;
  range: Range;
}) {
  const coverage = useQuery(coverageQuery(model.id));
  return (
    <Loaded of={coverage} what="What of this model sends could not be read:" height={0}>
      {({ sends, of, items }) => (
        <Section title="Coverage" note={`${sends} of ${of} parts sent something within the last day`}>
          <Words>
            <CoverageMap items={items} />
            {items.some(({ kind, state }) => kind === 'stage' && state !== 'nothing') && (
              <Link {...paths.stages(model.id, range)} className={classes.stages!}>
                What the stages say
              </Link>
            )}
          </Words>
        </Section>
      )}
    </Loaded>
  );
});

function CoverageMap({ items }: { items: readonly CoverageItem[] }) {
  const first = items.find(({ state }) => state !== 'sends');
  return (
    <details className={classes.map}>
      <summary>{first === undefined ? 'All of them' : `${titleOf(first.part)}: ${first.next}`}</summary>
      {KINDS.map(({ kind, title }) => (
        <Parts key={kind} title={title} items={items.filter((item) => item.kind === kind)} />
      ))}
    </details>
  );
}

function Parts({ title, items }: { title: string; items: readonly CoverageItem[] }) {
  const zone = useZone();
  return (
    <table>
      <caption>{title}</caption>
      <tbody>
        {items.map(({ part, state, sentence, last, next }) => (
          <tr key={part}>
            <th scope="row">
              <span title={MARK[state].word}>
                <StateMark state={MARK[state].state} word={false} />
              </span>{' '}
              {titleOf(part)}
            </th>
            <td>{MARK[state].word}</td>
            <td>
              {state !== 'nothing' && <span>{sentence} </span>}
              {state === 'stopped' && last !== null && (
                <time dateTime={last}>Last at {moment(Date.parse(last), zone)}. </time>
              )}
              {next !== null && <span className={classes.next}>{next}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
