export interface AuditChange {
  /** Name of the field; '' when what changed is one value. */
  key: string
  /** As text; null: there was none. */
  before: string | null
  after: string | null
}

/** What an entry of the audit log changed, field by field; fields that stayed are left out. */
export function changesOf(before: unknown, after: unknown): AuditChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((key) => ({ key, before: textOf(was.get(key)), after: textOf(is.get(key)) }))
    .filter((change) => change.before !== change.after)
}

function fieldsOf(value: unknown): Map<string, unknown> {
  if (value === null || value === undefined) return new Map()
  return typeof value === 'object' && !Array.isArray(value) ? new Map(Object.entries(value)) : new Map([['', value]])
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
