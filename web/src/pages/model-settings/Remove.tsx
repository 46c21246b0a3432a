import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { fleetQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { plural } from '../../number/format.ts';
import { paths } from '../../paths.ts';
import { Ask } from '../../ui/Ask.tsx';
import { useChange } from '../settings/useChange.ts';
import { useMay } from '../useMay.ts';
import classes from './model-settings.module.css';

/** What cannot be brought back. */
export function Remove({ model }: { model: Model }) {
  const may = useMay();
  if (!may.admin)
    return <p className={classes.intro}>Only admins merge and delete models. Ask one of them.</p>;
  return (
    <>
      <Merge model={model} />
      <Delete model={model} />
    </>
  );
}

function Merge({ model }: { model: Model }) {
  const fleet = useQuery(fleetQuery);
  const navigate = useNavigate();
  const [into, setInto] = useState<string | null>(null);
  const others = (fleet.data?.items ?? []).filter(({ id }) => id !== model.id).map(({ id }) => id);
  const merge = useChange(
    () => api.post(address('/models/:model/merge', { model: model.id }), { into, confirm: model.id }),
    address('/models'),
  );
  return (
    <section className={classes.deed} aria-label="Merge into another model">
      <div>
        <h2>Merge into another model</h2>
        <p className={classes.help}>
          For a name that was mistyped: its predictions, labels, outcomes and changes become the other’s,
          whose profiles are made anew where they came. The rest of {model.id} is deleted.
        </p>
      </div>
      <div className={classes.deedControls}>
        <Select
          aria-label="The model to merge into"
          placeholder="into which model"
          searchable
          data={others}
          value={into}
          onChange={setInto}
          w={200}
        />
        <Ask
          label="Merge …"
          title={`Merge ${model.id} into ${into}?`}
          yes="Merge the models"
          typed={model.id}
          failed="Nothing was merged:"
          change={merge}
          disabled={into === null}
          done={() => void navigate(paths.model(into!))}
        >
          <p>
            {plural(model.predictions, 'prediction')} and {plural(model.labels, 'label')} of {model.id} move
            to {into}, in the background. Its monitors, references, signals and incidents are deleted. This
            cannot be undone.
          </p>
        </Ask>
      </div>
    </section>
  );
}

function Delete({ model }: { model: Model }) {
  const navigate = useNavigate();
  const remove = useChange(
    () => api.remove(address('/models/:model', { model: model.id }, { confirm: model.id })),
    address('/models'),
  );
  return (
    <section className={classes.deed} aria-label="Delete the model">
      <div>
        <h2>Delete the model</h2>
        <p className={classes.help}>
          Everything that is stored of it is removed for good. Senders that go on sending to {model.id} make a
          new, empty model.
        </p>
      </div>
      <div className={classes.deedControls}>
        <Ask
          label="Delete …"
          name={`Delete ${model.id}`}
          title={`Delete ${model.id}?`}
          yes="Delete the model"
          typed={model.id}
          failed="The model was not deleted:"
          change={remove}
          done={() => void navigate(paths.fleet())}
        >
          <p>
            {plural(model.predictions, 'prediction')}, {plural(model.labels, 'label')}, and the profiles,
            signals, monitors, references, refused events and incidents of <strong>{model.id}</strong> are
            removed. This cannot be undone; the audit log keeps that it was done.
          </p>
        </Ask>
      </div>
    </section>
  );
}
