/** A tile and the gap behind it, in units of the text around it, as wall.module.css has them. */
const TILE = { width: 18, height: 6.4, gap: 0.6 } as const;

/** How much larger than usual tiles may be where there are few. */
const SCALES = [2.6, 2.2, 1.8, 1.5, 1.25, 1];

export interface Room {
  readonly columns: number;
  readonly rows: number;
  /** By how much the text of tiles is larger than that around them. */
  readonly scale: number;
}

/**
 * How so many tiles are laid out in a room of so many pixels: as large as all of them fit, else as many as fit at the usual size; one at least.
 * `tilesIn(1000, 1880, 800, 16)` → { columns: 6, rows: 7, scale: 1 }
 */
export function tilesIn(wanted: number, width: number, height: number, unit: number): Room {
  const most = (room: number, size: number) => Math.max(1, Math.floor((room + TILE.gap) / (size + TILE.gap)));
  const rooms = SCALES.map((scale) => ({
    columns: most(width / (unit * scale), TILE.width),
    rows: most(height / (unit * scale), TILE.height),
    scale,
  }));
  return rooms.find(({ columns, rows }) => columns * rows >= wanted) ?? rooms.at(-1)!;
}

/** The size of the text of a wall, pixels: what is read from across a room grows with the screen. `unitOf(1920)` → 16.56 */
export const unitOf = (width: number): number => Math.min(32, Math.max(13, 6 + 0.0055 * width));
