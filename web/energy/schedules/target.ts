/** What a person fills in to say where a report goes. */
export interface TargetDraft {
  kind: 'http' | 's3'
  url: string
  authorization: string
  endpoint: string
  bucket: string
  prefix: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

export const emptyTarget = (): TargetDraft => ({
  kind: 'http',
  url: '',
  authorization: '',
  endpoint: '',
  bucket: '',
  prefix: '',
  region: '',
  accessKeyId: '',
  secretAccessKey: '',
})

/** The same as the API takes it. */
export function targetOf(draft: TargetDraft) {
  if (draft.kind === 'http') {
    const { url, authorization } = draft
    return { kind: 'http' as const, url, ...(authorization === '' ? {} : { headers: { authorization } }) }
  }
  const { endpoint, bucket, prefix, region, accessKeyId, secretAccessKey } = draft
  return { kind: 's3' as const, endpoint, bucket, prefix, region, accessKeyId, secretAccessKey }
}
