import type { OfModel } from '../store/of-model.ts';

export const MONITORS_OF_MODEL: readonly OfModel[] = [
  {
    name: 'monitors',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      for (const table of [
        'monitors',
        'monitor_defaults',
        'importance',
        'slices',
        'baselines',
        'judged_as',
      ] as const)
        await ledger.deleteFrom(table).where('model', '=', model).execute();
    },
  },
];
