import { errorCodeOfKeyword, CallError } from './call-error.ts'
import { mend, type Quirk, type Repair } from './mend.ts'
import { firstViolation, violationText, type Validator } from './validation.ts'

/** A message that needs more than this many repairs is not read: each repair checks the whole message again. */
const MAX_REPAIRS = 500

/**
 * Checks a payload against its schema and mends, in place, what real stations get wrong. Returns the quirks that it met; throws a
 * CallError with the code of what could not be mended. Numbers that mean "not told" (`missingField`) are negative.
 */
export function readTolerantly(validator: Validator, action: string, payload: object): Quirk[] {
  let violation = firstViolation(validator, payload)
  if (violation === undefined) return []
  const quirks: Quirk[] = []
  const repair: Repair = { action, payload, removed: new Map(), restore: [] }
  while (violation !== undefined) {
    const quirk = quirks.length < MAX_REPAIRS ? mend(repair, violation) : undefined
    if (quirk === undefined) throw new CallError(errorCodeOfKeyword(violation.keyword), violationText(violation))
    quirks.push(quirk)
    violation = firstViolation(validator, payload)
  }
  for (const putBack of repair.restore) putBack()
  return quirks
}
