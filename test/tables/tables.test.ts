import { testTables } from './tables.testing.ts';

// One of each format; the rest are tried with the slow tests.
testTables(9);
