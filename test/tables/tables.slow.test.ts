import { testTables } from './tables.testing.ts';

testTables(200);
