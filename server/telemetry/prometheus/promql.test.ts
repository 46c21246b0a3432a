import { expect, test } from 'vitest';
import { filledIn, literal, matchersOf, tied } from './promql.ts';

const tie = { model: 'm', services: ['credit.risk', 'a"b\\c'], hosts: ['gpu-1'] };

test('names of people stay literal within a regular expression within a string', () => {
  expect(literal('credit.risk')).toBe('credit\\\\.risk');
  expect(literal('a"} or up{x="')).toBe('a\\"\\\\} or up\\\\{x=\\"');
});

test('a model is known by labels of its service, its pods and its machines', () => {
  const matchers = matchersOf(tie);
  expect(matchers).toContain('job=~"credit\\\\.risk|a\\"b\\\\\\\\c"');
  expect(matchers).toContain('instance=~"(gpu-1)(:[0-9]+)?"');
  expect(matchersOf({ ...tie, hosts: [] }).some((one) => one.startsWith('instance'))).toBe(false);
});

test('each matcher is a call of its own, all of one metric', () => {
  const query = tied('up', { ...tie, services: ['m'], hosts: [] }, (one) => `rate(${one}[5m])`, ',le="+Inf"');
  expect(query).toMatch(/^\(rate\(\{__name__="up",job=~"m",le="\+Inf"\}\[5m\]\) or rate\(/);
});

test('a query of a person has the names and the step; what looks like a pattern of a replacement stays', () => {
  const services = { ...tie, services: ['$&'], hosts: [] };
  expect(filledIn('x{job=~"$services"}[$step]', services, 60_000)).toBe('x{job=~"\\\\$&"}[60000ms]');
});
