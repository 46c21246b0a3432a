import { Command } from 'commander';
import { example, type MakeCommand } from '../command.ts';
export const demo: MakeCommand = () => example(new Command('demo'), 'tiltmeter demo');
