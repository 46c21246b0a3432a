/** An object, as JSON text. */
export type Json = string;

/** A boolean. */
export type Flag = 0 | 1;
