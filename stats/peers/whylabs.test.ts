import { formulaTests } from './formulas.testing.ts';
import { whylabs } from './whylabs.ts';

formulaTests(whylabs);
