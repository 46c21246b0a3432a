import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { fleetQuery } from '../../api/queries.ts';

const route = getRouteApi('/shell/settings/$tab');

/** The model whose settings are shown: the URL's, else the first. Undefined until the models are known. */
export function useSettingsModel(): string | undefined {
  const { model } = route.useSearch();
  const fleet = useQuery(fleetQuery);
  return model ?? fleet.data?.items[0]?.id;
}

export function ModelPicker() {
  const model = useSettingsModel();
  const fleet = useQuery(fleetQuery);
  const navigate = route.useNavigate();
  return (
    <Select
      label="Model"
      searchable
      w={280}
      mb={16}
      data={(fleet.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={model ?? null}
      allowDeselect={false}
      onChange={(id) => void navigate({ search: { model: id ?? undefined } as never, replace: true })}
    />
  );
}
