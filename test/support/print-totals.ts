import { readFileSync } from 'node:fs'

/** Sums the JSON reports of several vitest runs into the one line that tells how many tests passed and failed. */
interface Report {
  numPassedTests: number
  numFailedTests: number
  numFailedTestSuites: number
}

let passed = 0
let failed = 0
for (const path of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report
  passed += report.numPassedTests
  // A file that does not load has no failed test, but it has failed.
  failed += Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0)
}
console.log(`${passed} passed, ${failed} failed`)
