import { getRouteApi } from '@tanstack/react-router';

const page = getRouteApi('/shell/models/$model');

/** How the drift of the columns is shown: the first ones, `all`, or as a `table`; the URL says which. */
export function useColumnsShown(): [string | undefined, (value: string | undefined) => void] {
  const { columns } = page.useSearch();
  const navigate = page.useNavigate();
  return [
    columns,
    (value) =>
      void navigate({
        search: (old) => ({ ...old, columns: value }) as never,
        replace: true,
        resetScroll: false,
      }),
  ];
}
