import pkg from '../package.json' with { type: 'json' };

/** The version of this Tiltmeter, as in package.json. */
export const VERSION: string = pkg.version;
