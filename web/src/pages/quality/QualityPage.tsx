import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { modelQuery, qualityQuery } from '../../api/queries.ts';
import type { Model, ModelQuality } from '../../api/types.ts';
import { count, percent, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { span } from '../../time/format.ts';
import { useZone } from '../../time/zone.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { ModelHeader } from '../ModelHeader.tsx';
import { type PageTime, usePageTime } from '../useRange.ts';
import { Calibration } from './Calibration.tsx';
import { ChangeParts } from './ChangeParts.tsx';
import { Confusion } from './Confusion.tsx';
import { Coverage } from './Coverage.tsx';
import { Estimate } from './Estimate.tsx';
import { Measures } from './Measures.tsx';
import { Outcomes } from './Outcomes.tsx';
import classes from './quality.module.css';
import { Sweep } from './Sweep.tsx';

const page = getRouteApi('/shell/models/$model/quality');

/** Is the model still right: every metric of its task over the range beside the reference, and what they are made of. */
export function QualityPage() {
  const { model: id } = page.useParams();
  const model = useQuery(modelQuery(id));
  const time = usePageTime();
  return (
    <Loaded of={model} what={`The model ${id} could not be read:`} height={600}>
      {(found) => (time === null ? null : <QualityOf model={found} time={time} />)}
    </Loaded>
  );
}

function QualityOf({ model, time }: { model: Model; time: PageTime }) {
  const found = useQuery(qualityQuery(model.id, time.range));
  return (
    <>
      <ModelHeader model={model} time={time.search} child="quality" />
      <Loaded
        of={found}
        what="The quality could not be read:"
        height={400}
        skeleton={<TableSkeleton rows={10} height={36} />}
      >
        {(quality) => <Told quality={quality} model={model} time={time} />}
      </Loaded>
    </>
  );
}

function Told({ quality, model, time }: { quality: ModelQuality; model: Model; time: PageTime }) {
  const zone = useZone();
  const { from, to, predictions, labelled, quality_unknown, calibration, sweep, confusion } = quality;
  const dates = span({ from: Date.parse(from), to: Date.parse(to) }, zone);
  if (predictions === 0) return <Empty title={`No predictions ${dates}.`}>Choose a longer time range.</Empty>;
  return (
    <div className={classes.page}>
      <p>
        {plural(predictions, 'prediction')} {dates}; the labels of {count(labelled)} (
        {percent(labelled / predictions)}) have come.
      </p>
      {quality_unknown === null ? (
        <Measures quality={quality} />
      ) : (
        <Empty title="Quality is not known.">
          {quality_unknown.sentence} <Link {...paths.modelSettings(model.id)}>Settings of the model</Link>
        </Empty>
      )}
      {quality.probabilities_invalid > 0 && (
        <p className={classes.quiet}>
          Probabilities of {plural(quality.probabilities_invalid, 'prediction')} lie outside of 0 to 1 or do
          not add up to 1: they are left out of what probabilities tell.
        </p>
      )}
      {quality.change !== null && <ChangeParts change={quality.change} />}
      <Estimate quality={quality} time={time} />
      <div className={classes.beside}>
        {calibration.length > 0 && <Calibration bins={calibration} positive={quality.positive} />}
        {confusion !== null && <Confusion confusion={confusion} />}
      </div>
      {sweep.length > 0 && (
        <Sweep points={sweep} positive={quality.positive} unit={quality.impact?.unit ?? ''} />
      )}
      {quality.labelled + quality.labels_waiting > 0 && <Coverage quality={quality} />}
      {quality.outcomes.length > 0 && <Outcomes quality={quality} />}
    </div>
  );
}
