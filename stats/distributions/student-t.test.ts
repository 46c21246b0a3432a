import { test } from 'vitest';
import { expectClose } from '../close.testing.ts';
import special from '../fixtures/special.json' with { type: 'json' };
import fixture from '../fixtures/student.json' with { type: 'json' };
import { logStudentTail, studentReach } from './student-t.ts';

test.each(fixture.reach)('scipy t.ppf: confidence %d, df %d', (confidence, df, expected) => {
  expectClose(studentReach(confidence!, df!), expected!, 1e-9);
});

test.each(fixture.tail)('scipy t.logsf: t %d, df %d', (t, df, expected) => {
  expectClose(logStudentTail(t!, df!), expected!, 1e-10);
});

test.each(special.logStudent)('mpmath, logStudentTail(%d, %d)', (t, df, expected) => {
  expectClose(logStudentTail(t!, df!), expected!, 1e-12);
});

test.each(special.studentReach)('mpmath, studentReach(%d, %d)', (confidence, df, expected) => {
  expectClose(studentReach(confidence!, df!), expected!, 1e-12);
});
