const SUSPECT = /AuthorizationKey|passw|simPin|"vpn"/i
/** Settings whose value is a secret, in either version. */
const SECRET_SETTING = /AuthorizationKey|Passw/i
const SECRET_FIELD = /passw|^simPin$/i
const HIDDEN = '***'

/** A frame as it may be kept: stations' passwords and network keys are replaced by asterisks. */
export function redactFrame(text: string): string {
  if (!SUSPECT.test(text)) return text
  try {
    return JSON.stringify(redact(JSON.parse(text)))
  } catch {
    return HIDDEN
  }
}

function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact)
  if (typeof value !== 'object' || value === null) return value
  const fields = value as Record<string, unknown>
  const variable = fields['variable'] as { name?: unknown } | undefined
  const setting = String(fields['key'] ?? variable?.name ?? '')
  const secret = SECRET_SETTING.test(setting)
  return Object.fromEntries(
    Object.entries(fields).map(([name, inner]) => {
      if (typeof inner !== 'string') return [name, name === 'vpn' ? redactVpn(inner) : redact(inner)]
      const hidden = SECRET_FIELD.test(name) || (secret && ['value', 'attributeValue'].includes(name))
      return [name, hidden ? HIDDEN : inner]
    }),
  )
}

function redactVpn(vpn: unknown): unknown {
  const plain = redact(vpn)
  return typeof plain === 'object' && plain !== null && 'key' in plain ? { ...plain, key: HIDDEN } : plain
}
