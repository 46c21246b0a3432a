// Adds up the JSON reports of a folder, names what failed, and closes with one plain line. Fails when no test ran.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const folder = process.argv[2];
let passed = 0;
let failed = 0;
let skipped = 0;
for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
  const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const unread = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  passed += report.numPassedTests;
  failed += report.numFailedTests + unread.length;
  skipped += report.numPendingTests + report.numTodoTests;
  for (const file of report.testResults) {
    const path = relative(process.cwd(), file.name);
    for (const test of file.assertionResults.filter((each) => each.status === 'failed')) {
      console.log(`failed: ${path} > ${test.fullName}\n${firstLines(test.failureMessages.join('\n'))}`);
    }
    if (unread.includes(file)) console.log(`failed: ${path}\n${firstLines(file.message)}`);
  }
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** The first lines of a message, as much as tells one fault from another. */
function firstLines(message) {
  return message.split('\n').slice(0, 12).join('\n').slice(0, 2000);
}
