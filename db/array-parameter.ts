/** What JSON writes with an escape that PostgreSQL's array syntax does not know: control characters and lone halves of surrogate pairs. */
const ESCAPED_OTHERWISE = /[\p{Cc}\p{Cs}]/u

/**
 * A PostgreSQL array literal of texts or numbers, for a parameter that is cast to an array: what the driver would make of the array, several times
 * faster, since JSON's writer does nearly all of it. Texts that JSON would escape in its own way are left to the driver.
 */
export function arrayParameter(
  values: readonly (string | number | null)[],
): string | readonly (string | number | null)[] {
  if (values.some((value) => typeof value === 'string' && ESCAPED_OTHERWISE.test(value))) return values
  return `{${JSON.stringify(values).slice(1, -1)}}`
}
