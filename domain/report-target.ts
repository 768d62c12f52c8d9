/** Where a report is pushed to, without anything secret. */
export type ReportTarget =
  /** `url` without its query. */
  | { kind: 'http'; url: string; headerNames: string[] }
  | { kind: 's3'; endpoint: string; bucket: string; prefix: string; region: string; accessKeyId: string }

/** What only the sender reads. */
export interface ReportSecret {
  headers?: Record<string, string>
  /** The address's query with its `?`, which may carry a token. */
  search?: string
  secretAccessKey?: string
}
