import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { versionsQuery } from '../../../api/queries.ts';
import type { Model, VersionComparison } from '../../../api/types.ts';
import { Section } from '../../../charts/Section.tsx';
import { TimeRow } from '../../../charts/TimeRow.tsx';
import { bucketName } from '../../../number/format.ts';
import type { Range } from '../../../time/range.ts';
import { useZone } from '../../../time/zone.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { AnswersBeside } from './AnswersBeside.tsx';
import { ColumnsBeside } from './ColumnsBeside.tsx';
import { MeasuresBeside } from './MeasuresBeside.tsx';
import { Key } from './SideName.tsx';
import classes from './versions.module.css';
import { partSentence, sideSentence, sidesOf, togetherSentence, trafficOf, versionName } from './words.ts';

interface Props {
  readonly model: Model;
  readonly range: Range;
  readonly version: string;
  readonly baseline: string | undefined;
}

/** What changed with a version: its traffic, answers, quality and columns beside those of another one. */
export function VersionSection({ model, range, version, baseline }: Props) {
  const found = useQuery(versionsQuery(model.id, range, version, baseline));
  const beside = found.data?.baseline?.version ?? baseline;
  const title = `Version ${version}${beside === undefined ? '' : ` beside ${versionName(beside)}`}`;
  return (
    <Section title={title}>
      <Loaded of={found} what="The versions could not be compared:" height={320}>
        {(data) => <Beside found={data} model={model} range={range} />}
      </Loaded>
    </Section>
  );
}

function Beside({ found, model, range }: { found: VersionComparison; model: Model; range: Range }) {
  const zone = useZone();
  const { version, baseline } = found;
  const lines = useMemo(() => {
    if (version === null || baseline === null) return [];
    const sides = sidesOf(version, baseline);
    return [
      { name: sides.current, part: 'current' as const, points: trafficOf(found, 'version', model.bucket_ms) },
      {
        name: sides.reference,
        part: 'second' as const,
        points: trafficOf(found, 'baseline', model.bucket_ms),
      },
    ];
  }, [found, version, baseline, model.bucket_ms]);
  if (version === null || baseline === null || version.n === 0 || baseline.n === 0)
    return (
      <div className={classes.words} data-no-brush>
        <Empty title={nothing(found)}>Choose a range in which two versions answered.</Empty>
      </div>
    );
  const sentences = [
    togetherSentence(found, zone),
    partSentence(version, zone),
    partSentence(baseline, zone),
  ].filter((sentence) => sentence !== null);
  const name = `Predictions per ${bucketName(model.bucket_ms)}, by version`;
  const sides = sidesOf(version, baseline);
  return (
    <>
      <div className={classes.words} data-no-brush>
        <ul className={classes.sentences}>
          <li>
            <Key part="current" /> {sideSentence(version, zone)}
          </li>
          <li>
            <Key part={sides.part} /> {sideSentence(baseline, zone)}
          </li>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
      <TimeRow title={name} name={name} lines={lines} unit="predictions" shape="steps" merge="none" />
      <div className={classes.words} data-no-brush>
        <MeasuresBeside found={found} sides={sides} />
        <AnswersBeside columns={found.answers} sides={sides} model={model} range={range} />
        <ColumnsBeside found={found} sides={sides} model={model} range={range} />
      </div>
    </>
  );
}

function nothing({ version, baseline }: VersionComparison): string {
  const [none] = [version, baseline].filter((side) => side !== null && side.n === 0);
  if (none != null) return `No prediction of ${versionName(none.version)} in this range.`;
  return version === null
    ? 'No predictions in this range.'
    : `Only ${versionName(version.version)} answered in this range.`;
}
