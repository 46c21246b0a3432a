import type { Lake } from './lake.ts';

const views = new WeakMap<Lake, Lake>();

/**
 * The same lake for work that nobody waits for: all that is asked through it is marked `background`, so that it gives way
 * to people. One view per lake, so that what is kept by lake is kept once.
 */
export function inBackground(lake: Lake): Lake {
  let view = views.get(lake);
  if (view === undefined) {
    view = {
      cluster: lake.cluster,
      query: (sql, params, options) => lake.query(sql, params, { background: true, ...options }),
      command: (sql, params, options) => lake.command(sql, params, { background: true, ...options }),
      insert: (batch, options) => lake.insert(batch, { background: true, ...options }),
      remade: () => lake.remade?.() ?? [],
      close: () => lake.close(),
    };
    views.set(lake, view).set(view, view);
  }
  return view;
}
