import { Link } from '@tanstack/react-router';
import { qualityQuery } from '../../api/queries.ts';
import type { ModelQuality } from '../../api/types.ts';
import { count, percent, plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Moment } from '../../ui/Moment.tsx';
import frame from '../frame/frame.module.css';
import { QuestionPage, type Told } from '../frame/QuestionPage.tsx';
import { AsKnown } from './AsKnown.tsx';
import { Calibration } from './Calibration.tsx';
import { ChangeParts } from './ChangeParts.tsx';
import { Confusion } from './Confusion.tsx';
import { Coverage } from './Coverage.tsx';
import { Estimate } from './Estimate.tsx';
import { Held } from './Held.tsx';
import { Measures } from './Measures.tsx';
import { Outcomes } from './Outcomes.tsx';
import classes from './quality.module.css';
import { Selection } from './Selection.tsx';
import { Sweep } from './Sweep.tsx';

/** Is the model still right: every metric of its task over the range beside the reference, and what they are made of. */
export function QualityPage() {
  return (
    <QuestionPage name="quality" what="The quality" ask={qualityQuery}>
      {(told) => <Quality {...told} />}
    </QuestionPage>
  );
}

function Quality({ found: quality, model, time, dates }: Told<ModelQuality>) {
  const { predictions, labelled, quality_unknown, calibration, sweep, confusion } = quality;
  const counted_to = quality.labels_counted_to;
  return (
    <>
      <p>
        {plural(predictions, 'prediction')} {dates}; the labels of {count(labelled)} (
        {percent(labelled / predictions)}) have come.
        {counted_to !== null && (
          <>
            {' '}
            As known at <Moment at={counted_to} />; labels that came since are counted within ten minutes.
          </>
        )}
      </p>
      {quality_unknown === null ? (
        <Measures quality={quality} />
      ) : (
        <Empty title="Quality is not known.">
          {quality_unknown.sentence} <Link {...paths.modelSettings(model.id)}>Settings of the model</Link>
        </Empty>
      )}
      {quality.probabilities_invalid > 0 && (
        <p className={frame.quiet}>
          Probabilities of {plural(quality.probabilities_invalid, 'prediction')} lie outside of 0 to 1 or do
          not add up to 1: they are left out of what probabilities tell.
        </p>
      )}
      {quality.change !== null && <ChangeParts change={quality.change} />}
      <AsKnown model={model.id} time={time} />
      <Estimate quality={quality} time={time} />
      {(calibration.length > 0 || confusion !== null) && (
        <div className={classes.beside}>
          {calibration.length > 0 && <Calibration bins={calibration} positive={quality.positive} />}
          {confusion !== null && <Confusion confusion={confusion} />}
        </div>
      )}
      {sweep.length > 0 && (
        <Sweep points={sweep} positive={quality.positive} unit={quality.impact?.unit ?? ''} />
      )}
      {quality.labelled + quality.labels_waiting + quality.labels_misfit > 0 && (
        <Coverage quality={quality} />
      )}
      {quality.labelled > 0 && <Selection model={model.id} time={time} />}
      {quality.outcomes.length > 0 && <Outcomes quality={quality} />}
      <Held model={model.id} time={time} />
    </>
  );
}
