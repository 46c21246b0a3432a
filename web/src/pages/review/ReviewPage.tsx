import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { modelQuery, reviewQuery } from '../../api/queries.ts';
import type { Model, ReviewQueue } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import frame from '../frame/frame.module.css';
import { ModelHeader } from '../ModelHeader.tsx';
import { useMay } from '../useMay.ts';
import { Agreement } from './Agreement.tsx';
import { AuditEstimate } from './AuditEstimate.tsx';
import { Chosen } from './Chosen.tsx';
import { Labelling } from './Labelling.tsx';
import { REASON_NAME, standing } from './words.ts';

const page = getRouteApi('/shell/models/$model/review');

/** Predictions that people should look at, one at a time, and how far those who do agree. */
export function ReviewPage() {
  const { model: id } = page.useParams();
  const time = page.useSearch();
  const model = useQuery(modelQuery(id));
  const queue = useQuery(reviewQuery(id));
  return (
    <Loaded of={model} what={`The model ${id} could not be read:`} height={80}>
      {(one) => (
        <>
          <ModelHeader model={one} time={time} child="review" />
          <Loaded of={queue} what="The queue could not be read:" height={500}>
            {(found) => <Queue model={one} queue={found} />}
          </Loaded>
        </>
      )}
    </Loaded>
  );
}

function Queue({ model, queue }: { model: Model; queue: ReviewQueue }) {
  const { settings, open, oldest_at, reasons } = queue;
  const may = useMay();
  const never = settings === null && open === 0;
  return (
    <div className={frame.page}>
      {never ? (
        <Empty title="Nobody is asked to look at predictions of this model.">
          Tiltmeter can choose a few a day: a random sample, the least sure, those with values never seen,
          with high loss or with unusual attributions. What people say of them counts as a label before those
          that came by themselves.{may.write ? '' : ' Somebody who may change the model begins it.'}
        </Empty>
      ) : (
        <>
          <p>
            {standing(queue)}
            {oldest_at !== null && (
              <>
                {' '}
                The oldest came <Moment at={oldest_at} />; why they are here:{' '}
                {reasons.map(({ reason, n }) => `${REASON_NAME[reason]} ${n}`).join(', ')}.
              </>
            )}
          </p>
          <Labelling model={model} queue={queue} />
        </>
      )}
      {!never && <AuditEstimate model={model} />}
      {!never && <Agreement model={model} />}
      {(may.write || settings !== null) && (
        <Chosen
          key={JSON.stringify(settings)}
          model={model.id}
          settings={settings}
          note={
            settings === null ? 'nothing is put in' : `up to ${plural(settings.per_day, 'prediction')} a day`
          }
        />
      )}
    </div>
  );
}
