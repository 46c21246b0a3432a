import { MultiSelect, Select, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fleetQuery } from '../../../api/queries.ts';
import type { Channel } from '../../../api/types.ts';

type Only = Channel['only'];

const PRIORITIES = [
  { value: 'P1', label: 'P1 alone' },
  { value: 'P2', label: 'P2 and P1' },
];

/** Which incidents a channel is told of. */
export function OnlyFields({ only, change }: { only: Only; change: (only: Only) => void }) {
  const fleet = useQuery(fleetQuery);
  const models = fleet.data?.items ?? [];
  const owners = [...new Set(models.flatMap(({ owner }) => owner ?? []))].sort();
  return (
    <>
      <Select
        label="Priority"
        placeholder="every one"
        clearable
        data={PRIORITIES}
        value={only.priority}
        onChange={(priority) => change({ ...only, priority: priority as Only['priority'] })}
        w={140}
      />
      <MultiSelect
        label="Models"
        placeholder={only.models.length === 0 ? 'all' : ''}
        searchable
        data={models.map(({ id, name }) => ({ value: id, label: name }))}
        value={only.models}
        onChange={(chosen) => change({ ...only, models: chosen })}
        w={240}
      />
      <TagsInput
        label="Owners"
        placeholder={only.owners.length === 0 ? 'all' : ''}
        data={owners}
        value={only.owners}
        onChange={(chosen) => change({ ...only, owners: chosen })}
        w={200}
      />
    </>
  );
}
