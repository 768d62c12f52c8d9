const TRIES = 4

/** The SQLSTATE of a database error, `''` for any other. */
export function sqlState(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/**
 * Does work again that the database broke off because another transaction stood in its way (class 40: deadlock, serialization). The work must be
 * one transaction, or harmless to repeat.
 */
export async function retryConflicts<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === TRIES || !sqlState(error).startsWith('40')) throw error
    }
  }
}
