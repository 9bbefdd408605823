// node count.mjs RESULTS STATUS — sums up Vitest's JSON report; the last line is the count.
// STATUS is how the test command ended: lint, types and build can fail before any test runs.
import { readFileSync } from "node:fs";

const [path, status] = process.argv.slice(2);
const { passed, failed, skipped, reason } = count();
if (reason) console.error(reason);
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed || !passed ? 1 : 0;

function count() {
  let report;
  try {
    report = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      reason: `No test ran: lint, types or build failed (status ${status}).`,
    };
  }
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  // A file that can't be loaded has no tests to count, and neither has an error between them.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((each) => each.status === "failed"),
  );
  const failed = report.numFailedTests + broken.length;
  if (failed || status === "0")
    return {
      passed,
      failed,
      skipped,
      reason: broken.map(({ name, message }) => `${name}: ${message}`).join("\n"),
    };
  return {
    passed,
    failed: 1,
    skipped,
    reason: `Every test passed, and yet the command ended with status ${status}.`,
  };
}
