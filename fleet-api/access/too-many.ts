import { ApiError } from '../errors.ts'

/** After too many wrong keys or passwords. */
export function tooManyAttempts(retrySeconds: number): ApiError {
  return new ApiError('too-many-requests', {
    detail: `Too many wrong attempts; try again in ${retrySeconds} s.`,
    headers: { 'Retry-After': String(retrySeconds) },
  })
}
