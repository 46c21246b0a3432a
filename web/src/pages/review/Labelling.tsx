import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { predictionQuery, waitingReviewsQuery } from '../../api/queries.ts';
import type { Model, PredictionDetail, ReviewItem, ReviewQueue } from '../../api/types.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { isTyping } from '../../ui/TimeControl.tsx';
import { Features } from '../predictions/Features.tsx';
import { useMay } from '../useMay.ts';
import { AnswerPanel } from './AnswerPanel.tsx';
import { type Deed, deedOf } from './keys.ts';
import { Progress } from './Progress.tsx';
import classes from './review.module.css';
import { currentOf, sequenceOf, stepFrom, type Trail, withDone } from './sequence.ts';
import { useReview } from './useReview.ts';

/** What waits for the reader. */
export function Labelling({ model, queue }: { model: Model; queue: ReviewQueue }) {
  const waiting = useQuery(waitingReviewsQuery(model.id));
  return (
    <Loaded of={waiting} what="What waits could not be read:" height={400}>
      {({ items }) => <OneByOne model={model} queue={queue} waiting={items} />}
    </Loaded>
  );
}

interface Props {
  readonly model: Model;
  readonly queue: ReviewQueue;
  readonly waiting: readonly ReviewItem[];
}

function OneByOne({ model, queue, waiting }: Props) {
  const { write } = useMay();
  const { answer, skip, claim } = useReview(model.id);
  const [trail, setTrail] = useState<Trail>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const all = sequenceOf(trail, waiting);
  const current = currentOf(all, trail, chosen);
  const said = trail.find(({ item }) => item.id === current?.id)?.said;
  const busy = answer.isPending || skip.isPending;

  const over = (item: ReviewItem, words: string) => {
    setTrail((before) => withDone(before, item, words));
    setChosen(null);
  };
  const act = (deed: Deed) => {
    if (current === null) return;
    if (deed.do === 'next' || deed.do === 'previous') {
      const to = stepFrom(all, current, deed.do === 'next' ? 1 : -1);
      if (to !== null) setChosen(to);
      return;
    }
    if (!write || busy) return;
    const { id } = current;
    if (deed.do !== 'answer') return skip.mutate(id, { onSuccess: (item) => over(item, 'skipped it') });
    const { label } = deed;
    answer.mutate({ id, label }, { onSuccess: (item) => over(item, `answered ${String(label)}`) });
  };
  useKeys(queue.answer.classes, act);
  useClaim(write && said === undefined ? (current?.id ?? null) : null, claim.mutate);

  if (current === null)
    return (
      <>
        <Progress trail={trail} left={0} />
        <Empty title={trail.length > 0 ? 'Nothing waits for you any more.' : 'Nothing waits for you.'}>
          {queue.open > 0
            ? `${queue.open} wait for others: you have looked at them, or somebody works at them.`
            : 'New ones come when a bucket is finished and judged.'}
        </Empty>
      </>
    );
  const failure = answer.error ?? skip.error ?? claim.error;
  return (
    <>
      <Progress trail={trail} left={all.length - trail.length} />
      {failure !== null && (
        <Failure what="That was refused:" error={failure} kept="The prediction waits as it did." />
      )}
      <Shown model={model} item={current}>
        {(record) => (
          <AnswerPanel
            key={current.id}
            {...{ item: current, record, answer: queue.answer, said, busy, act }}
            may={write}
          />
        )}
      </Shown>
    </>
  );
}

/** Keys that are pressed anywhere on the page, but where somebody types. */
function useKeys(classes: readonly string[], act: (deed: Deed) => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event)) return;
      const deed = deedOf(event.key, classes);
      if (deed === null) return;
      event.preventDefault();
      act(deed);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [classes, act]);
}

/** Who looks at an item has it, so that nobody else works at it. */
function useClaim(id: string | null, claim: (id: string) => void) {
  const claimed = useRef<string | null>(null);
  useEffect(() => {
    if (id === null || claimed.current === id) return;
    claimed.current = id;
    claim(id);
  }, [id, claim]);
}

interface ShownProps {
  readonly model: Model;
  readonly item: ReviewItem;
  readonly children: (record: PredictionDetail | null) => ReactNode;
}

/** The prediction with what is asked of it; of one that is gone only the latter. */
function Shown({ model, item, children }: ShownProps) {
  const found = useQuery({ ...predictionQuery(model.id, item.prediction), placeholderData: undefined });
  const gone = (found.error as { status?: number } | null)?.status === 404;
  if (gone)
    return (
      <div className={classes.item}>
        {children(null)}
        <Empty title="This prediction is not stored any more.">Skip it.</Empty>
      </div>
    );
  return (
    <Loaded of={found} what="This prediction could not be read:" height={400}>
      {(record) => (
        <div className={classes.item}>
          {children(record)}
          <Features model={model} record={record} />
        </div>
      )}
    </Loaded>
  );
}
