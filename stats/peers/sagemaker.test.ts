import { formulaTests } from './formulas.testing.ts';
import { sagemaker } from './sagemaker.ts';

formulaTests(sagemaker);
